import { HEADER } from "./bitcoin-header.ts";
import type { BlockLayout } from "./bitcoin-layout.ts";
import { strippedTx } from "./bitcoin-tx.ts";

type Hash = (bytes: Uint8Array) => Uint8Array;

/** Root of the tree over hashes, two by two, an odd one out beside itself.
 *
 *  Errors: null for no hashes, and where two that are paired are alike: such a list can have been made from a
 *  shorter one of the same root (CVE-2012-2459).
 *  Source: Bitcoin Core src/consensus/merkle.cpp.
 */
export function merkleRoot(hashes: readonly Uint8Array[], hash256: Hash): Uint8Array | null {
  let row = hashes;
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < row.length; i += 2) {
      const left = row[i]!;
      const right = row[i + 1] ?? left;
      if (i + 1 < row.length && alike(left, right, 0)) return null;
      const pair = new Uint8Array(left.length + right.length);
      pair.set(left);
      pair.set(right, left.length);
      above.push(hash256(pair));
    }
    row = above;
  }
  return row[0] ?? null;
}

/** Whether the transactions of a block that was laid out are those of the header at `at`. */
export function fitsMerkleRoot(
  bytes: Uint8Array,
  at: number,
  by: { layout: BlockLayout; hash256: Hash },
): boolean {
  const ids: Uint8Array[] = [];
  for (let tx = 0; tx < by.layout.txCount; tx++) ids.push(by.hash256(strippedTx(bytes, by.layout, tx)));
  const root = merkleRoot(ids, by.hash256);
  return root !== null && alike(root, bytes, at + HEADER.merkleRoot);
}

function alike(hash: Uint8Array, bytes: Uint8Array, at: number): boolean {
  return hash.every((byte, i) => byte === bytes[at + i]);
}
