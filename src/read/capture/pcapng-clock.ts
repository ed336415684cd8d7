/** How an interface of a pcapng file counts time. */
export interface Clock {
  /** Ticks per second is 10^n or 2^n;
   *  microseconds per tick as a quotient, so that nothing is rounded twice. */
  readonly ticksPerSecond: number;
  readonly offsetSeconds: number;
}

const MICROSECONDS: Clock = { ticksPerSecond: 1e6, offsetSeconds: 0 };
const TSRESOL = 9;
const TSOFFSET = 14;

/** Reads an interface's options: code 2 · length 2 · value, padded to 4.
 *
 *  if_tsresol: bit 7 clear, 10^-n; set, 2^-n. if_tsoffset: seconds, 8 bytes.
 *  Errors: options that contradict their length end the list; what was read before them holds.
 */
export function clockOf(
  view: DataView,
  { from, to, littleEndian }: { from: number; to: number; littleEndian: boolean },
): Clock {
  let { ticksPerSecond, offsetSeconds } = MICROSECONDS;
  for (let at = from; to - at >= 4; ) {
    const code = view.getUint16(at, littleEndian);
    const length = view.getUint16(at + 2, littleEndian);
    if (code === 0 || length > to - at - 4) break;
    if (code === TSRESOL && length >= 1) {
      const value = view.getUint8(at + 4);
      ticksPerSecond = (value & 0x80) !== 0 ? 2 ** (value & 0x7f) : 10 ** value;
    } else if (code === TSOFFSET && length >= 8) {
      offsetSeconds = Number(view.getBigInt64(at + 4, littleEndian));
    }
    at += 4 + ((length + 3) & ~3);
  }
  return { ticksPerSecond, offsetSeconds };
}

/** Microseconds since 1970 of a time in ticks, given as two 32-bit words.
 *
 *  Exact for micro- and nanoseconds: nanoseconds since 1970 exceed 2^53, so seconds and their rest are
 *  divided apart.
 */
export function microsOf({ ticksPerSecond, offsetSeconds }: Clock, high: number, low: number): number {
  if (ticksPerSecond === 1e6) return high * 4294967296 + low + offsetSeconds * 1e6;
  // high·2^32 divided by the ticks leaves a rest below the ticks, which the low word joins without loss.
  const highSeconds = Math.floor((high * 4294967296) / ticksPerSecond);
  const highRest = high * 4294967296 - highSeconds * ticksPerSecond;
  const rest = highRest + low;
  const seconds = highSeconds + Math.floor(rest / ticksPerSecond);
  const fraction = rest - Math.floor(rest / ticksPerSecond) * ticksPerSecond;
  return (seconds + offsetSeconds) * 1e6 + Math.floor((fraction * 1e6) / ticksPerSecond);
}
