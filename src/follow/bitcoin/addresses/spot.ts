/** Where a script stands in bytes: a span that is used again for the next one. */
export interface Span {
  at: number;
  end: number;
}

const TWO_BYTES = 0xfd;
const OP_1 = 0x51;
const OP_CHECKSIG = 0xac;

/** The script of the output whose value stands at `at`; `BlockLayout` has checked its length. */
export function outputScript(bytes: Uint8Array, at: number, span: Span): void {
  const first = bytes[at + 8] ?? 0;
  const width = first < TWO_BYTES ? 0 : 1 << (first - 0xfc);
  let length = width === 0 ? first : 0;
  for (let byte = width; byte > 0; byte--) length = length * 256 + (bytes[at + 8 + byte] ?? 0);
  span.at = at + 9 + width;
  span.end = span.at + length;
}

/** Whether a script has an address whose owner alone can spend it. Scripts that anybody can spend would make
 *  strangers one owner: among them are all witness programs without rules, such as the anchors of BIP 433.
 *
 *  Source: as `scriptAddress` of bytes/bitcoin-script.ts, without building anything; BIP 141, BIP 341.
 */
export function hasAddress(bytes: Uint8Array, { at, end }: Span): boolean {
  const length = end - at;
  const first = bytes[at] ?? 0;
  if (length === 25) return first === 0x76 && bytes[at + 1] === 0xa9;
  if (length === 23 && first === 0xa9) return bytes[at + 1] === 20;
  if ((length === 35 || length === 67) && first === length - 2) return bytes[end - 1] === OP_CHECKSIG;
  if (length === 22) return first === 0 && bytes[at + 1] === 20;
  return length === 34 && (first === 0 || first === OP_1) && bytes[at + 1] === 32;
}
