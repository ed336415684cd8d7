/** Numbers, places and clusters the scripts of a made-up chain: how fast, and with how much memory.
 *
 *  node dist/bench/addresses.js                  1,000 blocks of 2,000 transactions
 *  node dist/bench/addresses.js --blocks 100     fewer
 *
 *  A transaction has two inputs and two outputs, half of them of scripts that were met before. Blocks are
 *  made before each is taken, which is not timed; times are those of the processor. There is nothing to
 *  compare with on one machine: BlockSci wants 60 GB of memory and is not maintained.
 */
import { indexAddresses } from "../src/follow/bitcoin/addresses/index-addresses.ts";
import type { BlockView, ChainBlocks, SpentOutput } from "../src/model/chain.ts";
import { openScratch } from "../src/store/scratch.ts";
import { networkById } from "../src/tables/bitcoin-networks.ts";
import { compactSize, le32 } from "../test/kit/chain/transactions.ts";
import { join } from "../test/kit/octets.ts";
import { random } from "../test/kit/random.ts";

const TXS = 2_000;
const HASH = 20;
const at = process.argv.indexOf("--blocks");
const blocks = at === -1 ? 1_000 : Number(process.argv[at + 1]);
const from = random(1);
/** Scripts that may be paid again. */
const known: Uint8Array[] = [];
let seconds = 0;

function script(): Uint8Array {
  if (known.length > 0 && from.next() < 0.5) return from.pick(known);
  const made = join(Uint8Array.of(0, HASH), from.bytes(HASH));
  if (known.length < 200_000) known.push(made);
  else known[from.below(known.length)] = made;
  return made;
}

function output(): Uint8Array {
  const value = join(le32(1 + from.below(1e9)), le32(0));
  return join(value, Uint8Array.of(2 + HASH), script());
}

function block(height: number): BlockView {
  const input = join(new Uint8Array(32).fill(1), le32(0), Uint8Array.of(0), le32(0xffffffff));
  const txs = Array.from({ length: TXS }, () =>
    join(le32(2), Uint8Array.of(2), input, input, Uint8Array.of(2), output(), output(), le32(0)),
  );
  const bytes = join(new Uint8Array(80), compactSize(TXS), ...txs);
  const spent = Array.from({ length: TXS }, (): SpentOutput[] => [
    { valueSats: 5n, script: from.pick(known) },
    { valueSats: 6n, script: from.pick(known) },
  ]);
  const place = { evidence: "e1", atByte: 0, atMicros: 1.7e15, hash: "" };
  return { ...place, bytes, at: 0, end: bytes.length, height, spent: (index) => spent[index] ?? null };
}

const chain: ChainBlocks = {
  kind: "blocks",
  network: "btc",
  firstHeight: 0,
  tip: { height: blocks - 1, hash: null, atMicros: null },
  async *blocks() {
    for (let height = 0; height < blocks; height++) {
      const made = block(height);
      const start = process.cpuUsage();
      yield made;
      const { user, system } = process.cpuUsage(start);
      seconds += (user + system) / 1e6;
    }
  },
  outputs: async () => new Map(),
  close: async () => {},
};

const forms = networkById("btc");
if (forms === null) throw new Error("Cannot find the network btc");
const scratch = openScratch();
try {
  const key = new Uint8Array(8).fill(3);
  const options = { forms, key, scratch, mostScripts: 100_000_000, gathered: 1 << 22, signal: null };
  const { counts, ids, postings, sets } = await indexAddresses(chain, options);
  const start = performance.now();
  for (let id = 0; id < 1_000; id++) postings.of(id * Math.floor(ids.count / 1_000));
  const lookup = performance.now() - start;
  const words = [
    `${counts.transactions} transactions, ${ids.count} scripts, ${postings.count} places`,
    `${Math.round(counts.transactions / seconds / 1000)} ktx/s, ${seconds.toFixed(2)} s of one core`,
    `${((ids.bytes + sets.bytes) / ids.count).toFixed(1)} bytes of memory a script`,
    `${(scratch.length / 1e6).toFixed(0)} MB on disk, ${lookup.toFixed(0)} µs a search`,
  ];
  console.log(words.join("\n"));
} finally {
  scratch.close();
}
