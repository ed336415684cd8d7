/** One measurement of the carver, in a process of its own: `node dist/bench/carve-one.js FILE [COIN]`.
 *
 *  Reads the file and searches it, in one thread; prints as JSON how often each coin's addresses were found,
 *  and the distinct addresses. With a coin: its addresses alone, and neither keys nor pools.
 */
import { closeSync, openSync, readSync } from "node:fs";
import type { EvidenceRecord } from "../src/model/record.ts";
import { CARVED_COINS, EVERYTHING } from "../src/read/carve/families.ts";
import { Carving } from "../src/read/carve/index.ts";

const [path = "", only] = process.argv.slice(2);
const coins = CARVED_COINS.filter((coin) => coin === only);
const wanted = only === undefined ? EVERYTHING : { coins, others: false };
const found: EvidenceRecord[] = [];
const carving = new Carving(
  { id: "e1", name: path, path, host: "h1", modifiedMicros: null },
  {
    record: (record) => void found.push(record),
    gap: () => undefined,
    countGap: () => undefined,
    nextId: () => "e1",
    state: (_key, make) => make(),
  },
  wanted,
);
/** Small enough that the kernel's copy stays in the processor's second cache. */
const chunk = new Uint8Array(1 << 16);
const file = openSync(path, "r");
for (let atByte = 0; ; ) {
  const end = readSync(file, chunk, 0, chunk.length, null);
  if (end === 0) break;
  carving.push(chunk, { at: 0, end, atByte });
  atByte += end;
}
closeSync(file);
carving.finish();
const addresses = found.flatMap((one) => (one.kind === "address" ? [one.address] : []));
process.stdout.write(JSON.stringify(addresses));
