import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { coinJoinOf } from "../../src/follow/bitcoin/coinjoin/index.ts";
import { traceBlocks, traceLookup } from "../../src/follow/bitcoin/index.ts";
import type { Followed, SeedRequest, TraceOptions } from "../../src/follow/bitcoin/options.ts";
import { BLOCKS } from "../../src/read/chain/blocks/index.ts";
import { RPC } from "../../src/read/chain/remote/rpc.ts";
import type { ChainScheme } from "../../src/read/chain/source.ts";
import { chainContext } from "../kit/chain/context.ts";
import { traceOptions } from "../kit/chain/trace-options.ts";
import { assertAllAgree } from "./agreement.ts";
import { NOT_INSTALLED } from "./bcoin.ts";
import { type BlockFolder, blockFolder } from "./block-files.ts";
import { type Heists, heists } from "./heists.ts";
import { openedSlice } from "./saved-slice.ts";

/** Stops at CoinJoins alone. */
const AT_MIXES: TraceOptions["stopAt"] = (tx) => {
  const mix = coinJoinOf(tx);
  return mix === null ? null : { stop: "coinjoin", says: mix.says };
};

interface Way {
  readonly name: string;
  trace(made: Heists, seeds: SeedRequest, options: TraceOptions): Promise<Followed>;
}

const WAYS: readonly Way[] = [
  {
    name: "a saved slice",
    trace: async ({ chain }, seeds, options) => traceLookup(await openedSlice(chain.ledger), seeds, options),
  },
  {
    name: "the node's JSON-RPC",
    trace: ({ chain }, seeds, options) => traceOf(RPC, `http://127.0.0.1:${chain.port}`, { seeds, options }),
  },
  {
    name: "block files",
    trace: (made, seeds, options) =>
      traceOfFolder(made, { isXored: false, hasUndo: true }, { seeds, options }),
  },
  {
    name: "block files with xor.dat",
    trace: (made, seeds, options) =>
      traceOfFolder(made, { isXored: true, hasUndo: true }, { seeds, options }),
  },
  {
    name: "block files without undo data",
    trace: (made, seeds, options) =>
      traceOfFolder(made, { isXored: false, hasUndo: false }, { seeds, options }),
  },
];

interface Asked {
  readonly seeds: SeedRequest;
  readonly options: TraceOptions;
}

async function traceOfFolder({ chain }: Heists, form: BlockFolder, asked: Asked): Promise<Followed> {
  const folder = await blockFolder(chain, form);
  try {
    return await traceOf(BLOCKS, folder, asked);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What `blockFolder` puts among the blocks: two stretches in each file; the orphans are told together. */
const STRAYS_TOLD = ["2 stray-bytes", "2 stray-bytes", "1 orphan-blocks"];

async function traceOf(scheme: ChainScheme, where: string, { seeds, options }: Asked): Promise<Followed> {
  const context = chainContext();
  const chain = await scheme.open(where, context);
  assert.ok(chain.kind === "blocks");
  assert.equal(chain.network, "btc-regtest");
  const found = await traceBlocks(chain, seeds, options);
  await chain.close();
  assert.deepEqual(
    context.gaps().map(({ code, count }) => `${count} ${code}`),
    scheme === BLOCKS ? STRAYS_TOLD : [],
  );
  return found;
}

describe("traces of heists on a real node", { skip: NOT_INSTALLED }, () => {
  let made: Heists;
  before(async () => {
    made = await heists();
  });
  after(() => made.chain.close());

  for (const { name, trace } of WAYS) {
    test(`${name}: a theft, through everything`, async () => {
      const { chain, theft } = made;
      const found = await trace(made, outpoints(theft.seed), traceOptions());
      assertAllAgree(chain.ledger, { seeds: new Set([theft.seed]), stops: new Set() }, found);
      assert.deepEqual(
        found.seeds.map(({ valueSats }) => valueSats),
        ["12000000000"],
      );
    });

    test(`${name}: a theft, as far as its CoinJoin`, async () => {
      const { chain, theft } = made;
      const found = await trace(made, outpoints(theft.seed), traceOptions({ stopAt: AT_MIXES }));
      const stops = new Set([...chain.ledger.owners.keys()].filter((id) => id.startsWith(theft.coinjoin)));
      assertAllAgree(chain.ledger, { seeds: new Set([theft.seed]), stops }, found);
      for (const { outputs } of found.traces) {
        const stopped = outputs.filter(({ stop }) => stop === "coinjoin");
        assert.ok(stopped.length > 0);
        for (const { txid, stopSays } of stopped) {
          assert.equal(txid, theft.coinjoin);
          assert.match(stopSays ?? "", /CoinJoin/);
        }
      }
    });

    test(`${name}: ransoms, by the addresses of the note`, async () => {
      const { chain, ransom } = made;
      const addresses = ransom.addresses.map((address) => ({ address, asked: `btc:${address}` }));
      const found = await trace(made, { outpoints: [], addresses }, traceOptions());
      const seeds = found.seeds.map(({ txid, vout }) => `${txid}:${vout}`);
      assert.deepEqual(seeds.toSorted(), ransom.payments.toSorted());
      assertAllAgree(chain.ledger, { seeds: new Set(seeds), stops: new Set() }, found);
    });
  }
});

function outpoints(id: string): SeedRequest {
  const [txid = "", vout] = id.split(":");
  return { outpoints: [{ txid, vout: Number(vout), asked: `btc:${id}` }], addresses: [] };
}
