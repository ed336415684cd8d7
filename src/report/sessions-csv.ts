import type { Case, CaseSession } from "../model/case.ts";
import { type CsvColumn, csvLine } from "./csv.ts";

const COLUMNS: readonly CsvColumn<CaseSession>[] = [
  ["id", (s) => s.id],
  ["dialect", (s) => s.dialect],
  ["transport", (s) => s.transport],
  ["via", (s) => s.via],
  ["coin", (s) => s.coin],
  ["coin_how", (s) => s.coinHow],
  ["algorithm", (s) => s.algorithm],
  ["algorithm_how", (s) => s.algorithmHow],
  ["client_ip", (s) => s.client.ip],
  ["client_port", (s) => s.client.port],
  ["server_ip", (s) => s.server.ip],
  ["server_port", (s) => s.server.port],
  ["server_name", (s) => s.serverName?.name ?? null],
  ["server_name_by", (s) => s.serverName?.by ?? null],
  ["wallet", (s) => s.wallet],
  ["account", (s) => s.account],
  ["worker", (s) => s.worker],
  ["agent", (s) => s.agent],
  ["logins", (s) => s.logins.length],
  ["first", (s) => s.first],
  ["last", (s) => s.last],
  ["jobs", (s) => s.jobs],
  ["messages", (s) => s.messages],
  ["shares_submitted", (s) => s.shares.submitted],
  ["shares_accepted", (s) => s.shares.accepted],
  ["shares_rejected", (s) => s.shares.rejected],
  ["shares_unanswered", (s) => s.shares.unanswered],
  ["work", (s) => s.work?.hashes ?? null],
  ["work_low", (s) => s.work?.low ?? null],
  ["work_high", (s) => s.work?.high ?? null],
  ["work_unit", (s) => s.work?.unit ?? null],
  ["hashrate_hps", (s) => s.hashrateHps?.estimate ?? null],
  ["hashrate_low_hps", (s) => s.hashrateHps?.low ?? null],
  ["hashrate_high_hps", (s) => s.hashrateHps?.high ?? null],
  ["hashrate_last_15_min_hps", (s) => s.hashrateLast15MinHps?.estimate ?? null],
  ["reported_hps", (s) => s.reportedHps],
  ["rigs_at_least", (s) => s.rigsAtLeast],
  ["mid_stream", (s) => s.midStream],
  ["one_sided", (s) => s.oneSided],
  ["duplicate_of", (s) => s.duplicateOf],
  ["shares_seen_twice", (s) => s.sharesSeenTwice],
  ["evidence", (s) => s.evidence.join(" ")],
];

/** sessions.csv: one row a session, those that show the same shares again included.
 *  Unknown is an empty cell. */
export function sessionsCsv(c: Case): string {
  return [
    csvLine(COLUMNS.map(([head]) => head)),
    ...c.sessions.map((s) => csvLine(COLUMNS.map(([, cell]) => cell(s)))),
  ].join("");
}
