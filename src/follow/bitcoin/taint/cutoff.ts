import { isoMicros } from "../../../bytes/time.ts";
import type { ChainTip, ChainTx } from "../../../model/chain.ts";
import type { Followed, TraceOptions } from "../options.ts";

type Cutoff = Pick<TraceOptions, "untilHeight" | "untilMicros">;
type Moment = Pick<ChainTx, "height" | "atMicros">;

/** Whether a block or transaction lies behind the cut-off, which is inclusive. What has no height is in no
 *  block: it lies behind any height. */
export function isBeyond({ height, atMicros }: Moment, { untilHeight, untilMicros }: Cutoff): boolean {
  if (untilHeight !== null && (height === null || height > untilHeight)) return true;
  return untilMicros !== null && (atMicros === null || atMicros > untilMicros);
}

/** The end of what was looked at where a source knows its tip and answers questions only. */
export function untilTip(tip: ChainTip, { untilHeight, untilMicros }: Cutoff): Followed["until"] {
  const isCut = isBeyond(tip, { untilHeight, untilMicros });
  const at = isCut && untilMicros !== null ? untilMicros : tip.atMicros;
  const height = isCut && untilHeight !== null ? untilHeight : tip.height;
  return {
    height: isCut && untilHeight === null ? null : height,
    hash: isCut ? null : tip.hash,
    at: at === null || (isCut && untilMicros === null) ? null : isoMicros(at),
  };
}
