import type { SmbRecord } from "../model/trace-record.ts";
import type { Detector, Found } from "./detector.ts";
import { byEnd, ends, marked, smbTrail, span } from "./smb-marks.ts";
import { between, counted, listed, short } from "./words.ts";

/** A host that was attacked with EternalBlue, and whether that worked. */
export const eternalblue: Detector = {
  id: "eternalblue",
  title: "EternalBlue used against a host, and with what success",
  reads: ["smb", "host"],
  attack: ["T1210"],
  stage: "way-in",
  sources: [
    "MITRE ATT&CK v18.1, T1210 Exploitation of Remote Services; CVE-2017-0144, MS17-010",
    "worawit, MS17-010 BUG.txt; zeek-EternalSafety README; the rows of src/tables/smb-exploits.ts",
    "Captures of EternalSafety: an answer 0xC000000D comes with the successful attempt and the one before it",
  ],
  blindTo:
    "EternalRomance, EternalSynergy and EternalChampion; other programs than DoublePulsar put in by the " +
    "exploit; SMB that is encrypted or was captured from its middle",
  limits: {
    secondaries: {
      value: 2,
      unit: "requests",
      why: "one request of the wrong kind can follow from a lost packet; the exploit sends at least a dozen",
    },
  },
  *find({ smb }, limit) {
    for (const [server, records] of byEnd(smb, "server")) {
      const groom = marked(records, "eternalblue-groom");
      const requests = groom.reduce((sum, { times }) => sum + times, 0);
      if (requests >= limit("secondaries")) yield found(server, records, requests);
    }
  },
};

function found(server: string, records: readonly SmbRecord[], requests: number): Found {
  const overflowed = marked(records, "eternalblue-overwrite");
  const answered = [...overflowed, ...marked(records, "eternalblue-refused")];
  const firstOverflow = span(overflowed).firstMicros;
  const after = marked(records, "doublepulsar-present", "doublepulsar-ran").filter(
    ({ lastMicros }) => firstOverflow !== null && lastMicros >= firstOverflow,
  );
  const attack = [...marked(records, "eternalblue-groom"), ...answered];
  const shown = [...after, ...overflowed, ...attack.filter((one) => !overflowed.includes(one))];
  const { firstMicros, lastMicros } = span(shown);
  const clients = ends(attack, "client");
  const when = firstMicros === null || lastMicros === null ? "" : ` ${between(firstMicros, lastMicros)}`;
  const { says, ...weight } = outcome({ overflowed, answered, after });
  return {
    ...weight,
    about: [server, ...clients],
    summary:
      `${listed(clients.map(short))} attacked ${short(server)} with EternalBlue ` +
      `(${counted(requests, "request")}${when}): ${says}`,
    firstMicros,
    lastMicros,
    basis: smbTrail(shown),
  };
}

interface Seen {
  readonly overflowed: readonly SmbRecord[];
  readonly answered: readonly SmbRecord[];
  readonly after: readonly SmbRecord[];
}

type Outcome = Pick<Found, "severity" | "likelihood" | "confidence" | "next"> & { readonly says: string };

function outcome({ overflowed, answered, after }: Seen): Outcome {
  if (after.length > 0) {
    return {
      severity: "high",
      likelihood: 0.97,
      confidence: "high",
      says: "it worked, DoublePulsar answered from the host afterwards",
      next: "Treat the host as taken: cut it off, keep its memory, and look for what it attacked itself.",
    };
  }
  if (overflowed.length > 0) {
    return {
      severity: "high",
      likelihood: 0.6,
      confidence: "moderate",
      says: "its buffer overflowed as meant, but nothing in the capture shows that code ran there",
      next: "The host lacks MS17-010. Look on it for what was started after this moment.",
    };
  }
  if (answered.length > 0) {
    return {
      severity: "low",
      likelihood: 0.9,
      confidence: "moderate",
      says: "it failed, the host answered with another status than an overflow gives",
      next: "Find out who uses the attacking host: it attacks others, too.",
    };
  }
  return {
    severity: "medium",
    likelihood: 0.9,
    confidence: "moderate",
    says: "whether it worked is not in the capture",
    next: "Look whether MS17-010 was installed on the host, and what was started there after this moment.",
  };
}
