import type { Place } from "./place.ts";

/** Every way in which evidence can fail to be read.
 *  The table is closed: a reader that needs another adds a row. */
export const GAP_CODES = {
  empty: "the file has no bytes",
  unrecognised: "the content is of no kind that is read",
  unreadable: "the file could not be opened or read",
  changed: "the file changed while it was read",
  "truncated-file": "the file ends inside a record",
  "truncated-packet": "packets were cut by the capture's snap length",
  "malformed-record": "a record contradicts its own format",
  "malformed-packet": "a protocol header contradicts its own length",
  "malformed-line": "lines that contradict the format of their file",
  "oversized-line": "lines longer than the limit; the rest of each was left out",
  "damaged-address": "texts that look like a payment address beside valid ones, and do not validate",
  "malformed-archive": "an archive that contradicts its own format",
  "encrypted-archive": "files in an archive that are encrypted",
  "unpack-limit": "compressed data that unpacks to more than the limit",
  "nesting-limit": "archives within archives, deeper than the limit",
  "unsafe-path": "archive members whose path leads out of it, or that are links; only their names were read",
  "clock-order": "lines whose times go backwards by more than a minute",
  "unknown-year": "times without a year that nothing helps to place",
  "custody-mismatch": "evidence whose hash is not the one that its collector wrote down",
  "no-permission": "files that the current user may not read",
  "unsupported-link-type": "frames of a link type that is not decoded",
  "unsupported-block": "blocks of a kind that is not decoded",
  "malformed-gzip": "compressed data that does not decompress",
  "lost-segments": "TCP segments that the capture does not hold",
  "conflicting-overlap": "TCP bytes sent twice with different content; the first copy was used",
  "evicted-flows": "flows dropped to keep memory bounded",
  "evicted-fragments": "IP fragments dropped before their datagram was complete",
  "oversized-message": "messages longer than the limit",
  "malformed-message": "messages in a mining session that are not valid JSON",
  "undecoded-message": "messages in a mining session that no dialect explains",
  "unexplained-share": "shares whose job was not seen, so that their difficulty is not known",
  "dropped-details": "details left out to keep memory bounded; their sums are kept",
  "unknown-coin": "a coin without a table: its amount is not estimated",
  "no-price": "days without a known price",
  "no-difficulty": "days without a known network difficulty",
  "malformed-block":
    "a block that contradicts its own format, or whose transactions do not give its Merkle root",
  "stray-bytes": "bytes between the blocks of a block file that belong to none",
  "other-network": "blocks or addresses of another network than the one that is followed",
  "orphan-blocks": "blocks that are not part of the best chain",
  "missing-blocks": "blocks that the best chain needs and the source does not hold",
  "missing-undo": "blocks without undo data, or whose undo data do not fit them",
  "malformed-transaction": "a transaction that contradicts its own format, or spends more than it has",
  "missing-transaction": "transactions that the source does not hold",
  "unconfirmed-transaction":
    "transactions that are in no block, or in one after the source was opened; left out",
  "unknown-input-value": "transactions that spend outputs whose values the source does not know",
  "source-failed": "a source of blocks or transactions that stopped answering, or answered nonsense",
  "trace-limit": "transactions beyond the number that a trace may hold",
  "malformed-tag": "tags that contradict the format of their list",
  "malformed-swap": "records of swaps that cannot be read",
  "encrypted-session": "a conversation with a pool that cannot be read",
} as const;

export type GapCode = keyof typeof GAP_CODES;

/** Evidence, or a part of the arithmetic, that could not be read or known. Alike gaps of one piece of
 *  evidence are one gap with a `count`; `place` is the first of them. */
export interface Gap {
  readonly place: Place;
  readonly code: GapCode;
  readonly says: string;
  readonly count: number;
}
