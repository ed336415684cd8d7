import type { Finding } from "../../model/finding.ts";
import { plural } from "../../report/numbers.ts";
import type { Body } from "./verdict.ts";
import { capturedMining } from "./verdict-captures.ts";
import { attemptedMining, harmedHosts, minedHosts } from "./verdict-hosts.ts";

/** One line of the verdict's table: what it tells of, and its headline over the findings that it tells of. */
export interface Line {
  /** @param traps ids of the hosts that are honeypots */
  tells(finding: Finding, traps: ReadonlySet<string>): boolean;
  headline(body: Body, told: readonly Finding[]): string;
  readonly wouldChange: readonly string[];
}

export const HOST_EVIDENCE: readonly string[] = ["Host evidence from the machines named"];

const PERMISSION =
  "Proof that the owner ran or allowed it: the evidence shows that machines mined, not who wanted it";
const POOL_RECORDS =
  "The pool's own records of the wallet: they show what was really paid, also to machines not seen here";
const DISK = "Memory and disk of the host: what was deleted or hidden does not show in a collection of files";

const by = (...detectors: string[]) =>
  ({ tells: ({ detector }: Finding): boolean => detectors.includes(detector) }) as const;

const isOn = (traps: ReadonlySet<string>, { host }: Finding): boolean => host !== null && traps.has(host);

/** The table, strongest story first; a line leads when one of its findings is as severe as the worst. */
export const LINES: readonly Line[] = [
  {
    tells: ({ stage, host }) => stage === "extortion" && host !== null,
    headline: (body, told) => harmedHosts(body, told, "was extorted"),
    wouldChange: [
      DISK,
      "Payments to the addresses of the note, in the coin's block chain",
      "Backups: they tell from when on files were changed",
    ],
  },
  {
    tells: (finding, traps) =>
      finding.detector === "host-mining" && finding.stage === "mining" && !isOn(traps, finding),
    headline: minedHosts,
    wouldChange: [PERMISSION, POOL_RECORDS, DISK],
  },
  {
    ...by("mining"),
    headline: (body, told) => capturedMining(body, machines(told)),
    wouldChange: [
      "Proof that the owner ran or allowed it: the traffic shows that machines mined, not who wanted it",
      "Captures of other hours or machines: work outside the captured time and place is not counted",
      POOL_RECORDS,
    ],
  },
  {
    tells: ({ stage, host }) => stage === "theft" && host !== null,
    headline: (body, told) => harmedHosts(body, told, "was searched for coins"),
    wouldChange: [DISK, "Movements of the coins of the wallets named, in their block chains"],
  },
  {
    ...by("encrypted-mining"),
    headline: (_body, told) =>
      `${plural(machines(told), "machine")} opened encrypted mining connections; their work cannot be read`,
    wouldChange: [
      "Host evidence (configuration, process list, logs) from the machines named, or the pool's records",
    ],
  },
  {
    tells: (finding, traps) => finding.stage === "way-in" && !isOn(traps, finding),
    headline: (body, told) => harmedHosts(body, told, "was broken into"),
    wouldChange: [DISK, "Logs of the time after the break-in that are kept elsewhere"],
  },
  {
    tells: (finding, traps) => finding.stage === "staying" && !isOn(traps, finding),
    headline: (body, told) => harmedHosts(body, told, "was prepared for somebody to come back"),
    wouldChange: [DISK, "Whoever looks after the host: some of it may be known and wanted"],
  },
  {
    ...by("mining-attempt"),
    headline: (_body, told) =>
      `${plural(machines(told), "machine")} spoke to mining pools in a mining protocol; no share was seen`,
    wouldChange: ["Captures of a longer time: shares can come hours after a login", ...HOST_EVIDENCE],
  },
  {
    ...by("pool-contact"),
    headline: (_body, told) =>
      `${plural(machines(told), "machine")} had contact with mining pools; no mining was seen`,
    wouldChange: [...HOST_EVIDENCE, "Captures that hold the readable or decrypted conversation"],
  },
  {
    ...by("host-mining"),
    headline: attemptedMining,
    wouldChange: ["Logs of hosts of your own: a honeypot shows who comes, not whom else they found"],
  },
];

function machines(told: readonly Finding[]): number {
  return new Set(told.flatMap(({ about }) => about.slice(0, 1))).size;
}
