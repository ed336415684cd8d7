import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { BlockView, ChainBlocks } from "../../../../src/model/chain.ts";
import { PaydirtError } from "../../../../src/model/error.ts";
import { openRpc } from "../../../../src/read/chain/remote/rpc.ts";
import { type FakeNode, fakeNode, type NodeForm } from "../../../kit/chain/fake-node.ts";
import { answersInstead, diesAfter, MISDEEDS } from "../../../kit/chain/fake-server.ts";
import { type Heist, heist } from "../../../kit/chain/heist.ts";
import { HASTY, type KitContext, sourceContext } from "../../../kit/chain/source-context.ts";
import { keyScript } from "../../../kit/chain/transactions.ts";

interface Scene extends Heist {
  readonly node: FakeNode;
  readonly context: KitContext;
  open(): Promise<ChainBlocks>;
}

/** The made-up chain has another first block than its network: a node that pruned it never shows that. */
async function scene(t: TestContext, form: NodeForm = {}): Promise<Scene> {
  const made = heist("btc-regtest");
  const node = await fakeNode(made.chain.blocks, { pruneheight: 1, ...form });
  t.after(node.close);
  const context = sourceContext();
  const open = async (): Promise<ChainBlocks> => {
    const blocks = await openRpc(node.url, context, HASTY);
    t.after(() => blocks.close());
    return blocks;
  };
  return { ...made, node, context, open };
}

async function each(blocks: AsyncIterable<BlockView>, take: (block: BlockView) => unknown): Promise<void> {
  for await (const block of blocks) await take(block);
}

const failsWith = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof PaydirtError, String(error));
  assert.equal(error.code, "bad-source");
  assert.match(error.message, /^Cannot use rpc:http:\/\/127\.0\.0\.1:\d+: asked for /);
  assert.match(error.message, pattern);
  return true;
};

test("three calls tell the network, the last block and what was pruned", async (t) => {
  const { open, node, chain, context } = await scene(t);
  const blocks = await open();
  const { hash, height, atSeconds } = chain.blocks[19] ?? assert.fail();
  assert.equal(blocks.network, "btc-regtest");
  assert.equal(blocks.firstHeight, 1);
  assert.deepEqual(blocks.tip, { hash, height, atMicros: atSeconds * 1e6 });
  assert.deepEqual(node.asked, ["getblockchaininfo", "getblockhash 0", `getblockheader ${hash}`]);
  assert.deepEqual(context.made, [`rpc rpc:${node.url}`]);
  assert.deepEqual(context.gaps, []);
});

test("blocks come in order, each asked for once", async (t) => {
  const { open, node, chain } = await scene(t);
  const seen: unknown[] = [];
  await each((await open()).blocks(null), ({ height, hash, bytes, at, end, atMicros, evidence }) => {
    seen.push([height, hash, Buffer.from(bytes.subarray(at, end)), atMicros, evidence]);
  });
  assert.deepEqual(
    seen,
    chain.blocks
      .slice(1)
      .map(({ height, hash, bytes, atSeconds }) => [height, hash, Buffer.from(bytes), atSeconds * 1e6, "e1"]),
  );
  assert.equal(node.asked.length, 3 + 1 + 19);
});

test("more blocks than hashes in one request", async (t) => {
  const { open, chain, node } = await scene(t);
  while (chain.blocks.length < 230) chain.mine([]);
  const heights: (number | null)[] = [];
  await each((await open()).blocks(7), ({ height }) => heights.push(height));
  assert.deepEqual(
    heights,
    Array.from({ length: 223 }, (_, i) => i + 7),
  );
  assert.equal(node.asked.filter((call) => call.startsWith("getblockhash")).length, 1 + 3);
});

test("a reader that stops early asks for a few blocks more at most", async (t) => {
  const { open, node } = await scene(t);
  for await (const { height } of (await open()).blocks(null)) if (height === 3) break;
  assert.ok(node.asked.filter((call) => call.startsWith("getblock ")).length <= 8);
});

test("what was pruned, and what the node still has to fetch, is told", async (t) => {
  const { open, context } = await scene(t, { pruneheight: 5, headers: 100 });
  const heights: (number | null)[] = [];
  await each((await open()).blocks(2), ({ height }) => heights.push(height));
  assert.equal(heights[0], 5);
  assert.deepEqual(context.gaps, [
    "missing-blocks: The node has 19 of 100 blocks that it knows of",
    "missing-blocks: The node has pruned what is below block 5: blocks from 2 on are missing",
  ]);
});

test("what transactions spend is asked for once a block, and only when it is wanted", async (t) => {
  const { open, node, chain } = await scene(t);
  await each((await open()).blocks(null), async ({ height, spent }) => {
    if (height !== 2) return;
    const script = keyScript("eve");
    assert.deepEqual(await spent(1), [{ valueSats: 10_000n, script }]);
    assert.deepEqual(await spent(0), []);
    assert.equal(await spent(2), null);
  });
  const verbose = node.asked.filter((call) => call.endsWith(" 3"));
  assert.deepEqual(verbose, [`getblock ${chain.blocks[2]?.hash} 3`]);
});

for (const spent of ["refuses", "lists-ids"] as const) {
  test(`a node that ${spent} what is spent is asked once`, async (t) => {
    const { open, node } = await scene(t, { spent });
    await each((await open()).blocks(null), async (block) => {
      assert.equal(await block.spent(0), null);
    });
    assert.equal(node.asked.filter((call) => call.endsWith(" 3")).length, 1);
  });
}

for (const txindex of [true, false]) {
  test(`outputs are found ${txindex ? "by the node's index" : "by a search of a short chain"}`, async (t) => {
    const { open, theft, move, node, context } = await scene(t, { txindex });
    const wanted = [
      { txid: theft.txid, vout: 1 },
      { txid: move.txid, vout: 0 },
      { txid: theft.txid, vout: 0 },
      { txid: theft.txid, vout: 9 },
    ];
    const found = await (await open()).outputs(wanted);
    assert.deepEqual(
      [...found].sort(),
      [
        [`${theft.txid}:0`, { valueSats: 10_000n, script: keyScript("eve") }],
        [`${theft.txid}:1`, { valueSats: 4_999_980_000n, script: keyScript("victim") }],
        [`${move.txid}:0`, { valueSats: 6_000n, script: keyScript("mule") }],
      ].sort(),
    );
    assert.equal(
      node.asked.some((call) => call.startsWith("getblock ")),
      !txindex,
    );
    assert.deepEqual(context.gaps, []);
  });
}

test("a node with an index knows where to begin, one without does not", async (t) => {
  for (const txindex of [true, false]) {
    const { open, theft, move, cashOut } = await scene(t, { txindex });
    const blocks = await open();
    const first = await blocks.firstOf?.([cashOut.txid, move.txid]);
    assert.equal(first, txindex ? 2 : null);
    assert.equal(await blocks.firstOf?.([theft.txid, "ab".repeat(32)]), null);
  }
});

test("an output that is nowhere is missing, and a gap says what would help", async (t) => {
  const { open, context } = await scene(t);
  const found = await (await open()).outputs([{ txid: "ab".repeat(32), vout: 0 }]);
  assert.equal(found.size, 0);
  assert.match(context.gaps[0] ?? "", /^missing-transaction: .* 1 transactions.*\(txindex=1\)/);
});

test("a node that dies in the midst leaves a gap, and the error says what was asked", async (t) => {
  const { open, node, context } = await scene(t);
  const blocks = await open();
  node.misdeed = diesAfter(10);
  const heights: (number | null)[] = [];
  const read = each(blocks.blocks(null), ({ height }) => heights.push(height));
  await assert.rejects(
    read,
    failsWith(/asked for getblock [0-9a-f]{64} false, its answer broke off, 3 times/),
  );
  assert.ok(heights.length >= 1 && heights.length <= 6);
  assert.equal(context.gaps.length, 1);
  assert.match(context.gaps[0] ?? "", /^source-failed: Cannot use rpc:/);
});

test("a reorganisation while the chain is read ends it", async (t) => {
  const { open, node, chain } = await scene(t);
  const other = heist("btc-regtest").chain;
  other.blocks.length = 10;
  const [, , ...fork] = Array.from({ length: 10 }, (_, i) =>
    other.mine([], { atSeconds: 1_800_000_000 + i }),
  );
  const blocks = await open();
  node.blocks = [...chain.blocks.slice(0, 12), ...fork];
  const read = each(blocks.blocks(null), () => {});
  await assert.rejects(read, failsWith(/the chain was reorganised while it was read; run it again/));
});

const HASH = "ab".repeat(32);
const instead = (body: unknown) => answersInstead(/./, body);
const NONSENSE = [
  ["HTML", MISDEEDS.html, /what it answered is no JSON-RPC: "<html> \[2J<body>.*is the URL that of a node\?/],
  ["a list", instead([]), /no JSON-RPC|has no answer|makes no sense/],
  ["no tip", instead({ result: { blocks: "x" }, error: null, id: 1 }), /it tells no last block/],
  ["neither", instead({ id: 1 }), /neither a result nor an error/],
  [
    "starting",
    instead({ error: { code: -28, message: "Loading block index…" } }),
    /still starting: "Loading/,
  ],
  [
    "an error",
    instead({ error: { code: -32601, message: "Method not found" } }),
    /error -32601, "Method not/,
  ],
  ["a wrong network", instead({ result: { blocks: 1, bestblockhash: HASH } }), /no network that is known/],
  ["a refusal", MISDEEDS.unauthorised, /it refuses the name or password \(401\); give them as http/],
] as const;
for (const [what, misdeed, says] of NONSENSE) {
  test(`${what} instead of an answer is told`, async (t) => {
    const { node, open } = await scene(t);
    node.misdeed = misdeed;
    await assert.rejects(open(), failsWith(says));
  });
}

test("a block whose transactions are not those of its header is told", async (t) => {
  const { open, node, chain } = await scene(t);
  node.blocks = chain.blocks.map((block) => ({ ...block, bytes: block.bytes.slice() }));
  const [, , paid] = node.blocks;
  // The value of an output: the coin goes on, another amount of it.
  const bytes = paid?.bytes ?? assert.fail();
  bytes[bytes.length - 4 - 22 - 1 - 8] = 1;
  const blocks = await open();
  const read = each(blocks.blocks(null), () => {});
  await assert.rejects(read, failsWith(/its transactions do not give its Merkle root/));
});

test("a time of the last block that no clock shows is not known", async (t) => {
  const { open, node } = await scene(t);
  node.misdeed = (response, _, { body }) => {
    if (!/"time":/.test(String(body))) return false;
    response.end(String(body).replace(/"time":\d+/, '"time":9007199254740991'));
    return true;
  };
  assert.equal((await open()).tip.atMicros, null);
});

for (const [what, result, says] of [
  ["no hex", "zz".repeat(100), /it is no block in hex/],
  ["half a byte", "0".repeat(201), /it is no block in hex/],
  ["another block", "00".repeat(100), /it is another block/],
  ["an object", {}, /it is no block in hex/],
] as const) {
  test(`${what} for a block is told`, async (t) => {
    const { node, open } = await scene(t);
    const blocks = await open();
    node.misdeed = (response, _, { body }) => {
      if (!String(body).includes("0000002")) return false;
      response.end(JSON.stringify({ result, error: null }));
      return true;
    };
    await assert.rejects(
      each(blocks.blocks(null), () => {}),
      failsWith(says),
    );
  });
}
