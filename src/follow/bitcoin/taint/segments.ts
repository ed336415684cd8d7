/** A dirty stretch of an output or of a row of outputs: satoshis from `first` on, `length` of them. */
export type Segment = readonly [first: bigint, length: bigint];

/** What of an amount is dirty.
 *
 *  Shape: `segments` are ascending, apart from each other and together `sats` long; null where the policy
 *  knows only how much, not which.
 */
export interface Dirty {
  readonly sats: bigint;
  readonly segments: readonly Segment[] | null;
}

/** An amount and what of it is dirty. */
export interface Part {
  readonly valueSats: bigint;
  readonly dirty: Dirty;
}

export const CLEAN: Dirty = { sats: 0n, segments: null };

/** All of an amount. */
export function whole(valueSats: bigint, hasSegments: boolean): Dirty {
  if (valueSats === 0n) return CLEAN;
  return { sats: valueSats, segments: hasSegments ? [[0n, valueSats]] : null };
}

/** Parts laid one behind the other, as one stretch of satoshis. */
export function line(parts: readonly Part[]): Segment[] {
  const laid: Segment[] = [];
  let at = 0n;
  for (const { valueSats, dirty } of parts) {
    for (const [first, length] of dirty.segments ?? []) append(laid, at + first, length);
    at += valueSats;
  }
  return laid;
}

/** The same stretch read from its end. */
export function mirrored(laid: readonly Segment[], valueSats: bigint): Segment[] {
  return laid.map(([first, length]): Segment => [valueSats - first - length, length]).reverse();
}

/** Cuts a stretch into amounts, in their order. */
export function cut(laid: readonly Segment[], values: readonly bigint[]): Dirty[] {
  let at = 0n;
  let next = 0;
  return values.map((value) => {
    const end = at + value;
    const own: Segment[] = [];
    let sats = 0n;
    for (let i = next; i < laid.length; i += 1) {
      const [first, length] = laid[i] ?? [end, 0n];
      if (first >= end) break;
      const from = first < at ? at : first;
      const to = lesser(first + length, end);
      if (to > from) {
        own.push([from - at, to - from]);
        sats += to - from;
      }
      if (first + length > end) break;
      next = i + 1;
    }
    at = end;
    return sats === 0n ? CLEAN : { sats, segments: own };
  });
}

/** A stretch without its first dirty satoshis, `sats` of them; what lay behind them moves up. */
export function withoutFirst(laid: readonly Segment[], sats: bigint): Segment[] {
  const rest: Segment[] = [];
  let gone = 0n;
  for (const [first, length] of laid) {
    const taken = lesser(length, sats - gone);
    if (length > taken) append(rest, first - gone, length - taken);
    gone += taken;
  }
  return rest;
}

/** Stretches that touch are one. */
function append(laid: Segment[], first: bigint, length: bigint): void {
  const last = laid.at(-1);
  if (last !== undefined && last[0] + last[1] === first) laid[laid.length - 1] = [last[0], last[1] + length];
  else laid.push([first, length]);
}

/** Math.min for bigint. */
export function lesser(a: bigint, b: bigint): bigint {
  if (b < a) return b;
  return a;
}
