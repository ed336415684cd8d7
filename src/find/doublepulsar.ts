import type { SmbRecord } from "../model/trace-record.ts";
import type { Detector, Found } from "./detector.ts";
import { byEnd, ends, marked, smbTrail, span } from "./smb-marks.ts";
import { between, counted, listed, short } from "./words.ts";

/** DoublePulsar answers from a host, or somebody calls for it on many. */
export const doublepulsar: Detector = {
  id: "doublepulsar",
  title: "DoublePulsar on a host, or called for on many",
  reads: ["smb", "host"],
  attack: ["T1210", "T1205"],
  stage: "staying",
  sources: [
    "MITRE ATT&CK v18.1, T1205 Traffic Signaling: a command hidden in fields that have another use",
    "Rapid7, Open-Source Command and Control of the DOUBLEPULSAR Implant; Countercept's detection script",
    "MS-CIFS 2.2.6.15: TRANS2_SESSION_SETUP is reserved, so that no ordinary client sends it",
  ],
  blindTo:
    "its variant over RDP; a capture that holds one direction only; " +
    "versions that answer with other ids than 16 higher",
  limits: {
    servers: {
      value: 5,
      unit: "hosts",
      why: "who looks after one server may check it and its neighbours; five called in vain are a search",
    },
  },
  *find({ smb }, limit) {
    for (const [server, records] of byEnd(smb, "server")) {
      const there = marked(
        records,
        "doublepulsar-present",
        "doublepulsar-ran",
        "doublepulsar-removed",
        "doublepulsar-refused",
      );
      if (there.length > 0) yield present(server, there);
    }
    const vain = marked(smb, "doublepulsar-absent", "doublepulsar-unanswered");
    for (const [client, records] of byEnd(vain, "client")) {
      if (ends(records, "server").length >= limit("servers")) yield search(client, records);
    }
  },
};

function present(server: string, there: readonly SmbRecord[]): Found {
  const clients = ends(there, "client");
  const { firstMicros, lastMicros } = span(there);
  const ran = marked(there, "doublepulsar-ran");
  const removed = marked(there, "doublepulsar-removed");
  const did = [
    ...(ran.length > 0 ? ["loaded a program through it"] : []),
    ...(removed.length > 0 ? ["had it take itself out"] : []),
  ];
  return {
    severity: "high",
    likelihood: 0.97,
    confidence: "high",
    about: [server, ...clients],
    summary:
      `DoublePulsar, a back door in the system's kernel, answered from ${short(server)} to ` +
      `${listed(clients.map(short))}${whenOf(there)}${did.length === 0 ? "" : `, who ${did.join(" and ")}`}`,
    next:
      "Treat the host as taken: the back door lives in memory alone, so keep the memory before it is " +
      "restarted.",
    firstMicros,
    lastMicros,
    basis: smbTrail(there),
  };
}

function search(client: string, records: readonly SmbRecord[]): Found {
  const servers = ends(records, "server");
  return {
    severity: "low",
    likelihood: 0.9,
    confidence: "moderate",
    about: [client],
    attack: ["T1595.002"],
    summary:
      `${short(client)} looked for DoublePulsar on ${counted(servers.length, "host")} in vain` +
      whenOf(records),
    next: "Find out whether the search was a check of your own; if not, look into the host that made it.",
    ...span(records),
    basis: smbTrail(records),
  };
}

function whenOf(records: readonly SmbRecord[]): string {
  const { firstMicros, lastMicros } = span(records);
  return firstMicros === null || lastMicros === null ? "" : ` ${between(firstMicros, lastMicros)}`;
}
