import type { CountedSession } from "../model/facts.ts";
import type { Place } from "../model/place.ts";
import type { ShareRecord } from "../model/record.ts";
import { type CsvColumn, csvLine, pieces } from "./csv.ts";
import { isoOfMicros } from "./numbers.ts";

interface Row {
  readonly share: ShareRecord;
  readonly counted: CountedSession;
}

const packet = (place: Place | null): number | null => place?.packet ?? null;

const COLUMNS: readonly CsvColumn<Row>[] = [
  ["session", ({ counted }) => counted.session.id],
  ["time", ({ share }) => isoOfMicros(share.atMicros)],
  ["worker", ({ share, counted }) => counted.session.logins[share.login]?.worker ?? null],
  ["job", ({ share }) => share.jobId],
  ["nonce", ({ share }) => share.nonce],
  ["result", ({ share }) => share.result],
  ["target", ({ share }) => share.target],
  ["expected_hashes", ({ share }) => share.expectedHashes],
  ["height", ({ share }) => share.height],
  ["network_difficulty", ({ share }) => share.networkDifficulty],
  ["outcome", ({ share }) => share.outcome],
  ["reason", ({ share }) => share.reason],
  ["answered", ({ share }) => (share.answeredMicros === null ? null : isoOfMicros(share.answeredMicros))],
  ["counted", ({ counted }) => counted.duplicateOf === null],
  ["seen", ({ share }) => share.seen],
  ["evidence", ({ share }) => share.place.evidence],
  ["packet", ({ share }) => packet(share.place)],
  ["at_byte", ({ share }) => share.place.atByte],
  ["byte_length", ({ share }) => share.place.byteLength],
  ["job_packet", ({ share }) => packet(share.jobPlace)],
  ["answer_packet", ({ share }) => packet(share.answerPlace)],
];

/** shares.csv in pieces: one row a share, each share once; `counted` is false in a session that shows the
 *  same shares under other addresses. Unknown is an empty cell. */
export function sharesCsv(counted: readonly CountedSession[]): Iterable<string> {
  return pieces(lines(counted));
}

function* lines(all: readonly CountedSession[]): Iterable<string> {
  yield csvLine(COLUMNS.map(([head]) => head));
  for (const counted of all) {
    for (const share of counted.shares) yield csvLine(COLUMNS.map(([, cell]) => cell({ share, counted })));
  }
}
