// The whole program on a real node: what its case says of heists whose every owner is known.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Case } from "../../src/model/case.ts";
import { POLICIES } from "../../src/model/trace.ts";
import { paydirtBeside } from "../cli/paydirt.ts";
import { assertAgrees } from "./agreement.ts";
import { NOT_INSTALLED } from "./bcoin.ts";
import { blockFolder } from "./block-files.ts";
import { type Heists, heists } from "./heists.ts";

const DUST_SATS = 546n;
const ALL_POLICIES = POLICIES.join(",");

describe("paydirt follow on a real node", { skip: NOT_INSTALLED }, () => {
  let made: Heists;
  let folder: string;
  let sources: readonly string[];
  before(async () => {
    made = await heists();
    folder = mkdtempSync(join(tmpdir(), "paydirt-follow-"));
    const hot = made.chain.address("exchange, hot wallet");
    writeFileSync(
      join(folder, "tags.csv"),
      `address,label,category,coin\n${hot},Regtest Exchange,exchange,btc\n`,
    );
    writeFileSync(join(folder, "swaps.json"), JSON.stringify(made.ransom.swaps.map(swapRecord)));
    const blocks = await blockFolder(made.chain, { isXored: true, hasUndo: true });
    sources = [`rpc:http://127.0.0.1:${made.chain.port}`, `blocks:${blocks}`];
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await made.chain.close();
  });

  async function followed(...words: readonly string[]): Promise<Case> {
    const { status, out, err } = await paydirtBeside(["follow", ...words, "--json"], folder);
    assert.equal(status, 0, err);
    return JSON.parse(out);
  }

  test("a theft: every satoshi, from the node and from block files alike", async () => {
    const { ledger } = made.chain;
    const { seed, coinjoin, deposits, sweeps } = made.theft;
    const service = [...ledger.owners].filter(([, owner]) => owner.startsWith("exchange, hot"));
    const mixed = [...ledger.owners.keys()].filter((id) => id.startsWith(coinjoin));
    const stops = new Set([...deposits, ...mixed, ...service.map(([id]) => id)]);
    const question = { seeds: new Set([seed]), stops, leastSats: DUST_SATS };
    const cases = [];
    for (const source of sources) {
      const found = await followed(
        `btc:${seed}`,
        "--chain",
        source,
        "--policy",
        ALL_POLICIES,
        "--tags",
        "tags.csv",
      );
      assert.deepEqual(
        found.traces.map(({ policy }) => policy),
        POLICIES,
      );
      for (const trace of found.traces) assertAgrees(ledger, question, { ...trace, flows: trace.edges });
      cases.push(found);
    }
    const [node, files] = cases;
    assert.deepEqual(withoutPlaces(files!.traces), withoutPlaces(node!.traces));
    assert.deepEqual(sweeps.length, 2);
  });
});

const swapRecord = ({ address, sats }: { readonly address: string; readonly sats: bigint }, at: number) => ({
  status: "complete",
  address,
  withdraw: "",
  incomingCoin: Number(sats) / 1e8,
  incomingType: "BTC",
  outgoingCoin: String(100 + at),
  outgoingType: "XMR",
  transaction: "00".repeat(31) + String(10 + at),
});

function withoutPlaces(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === "place" ? undefined : inner)));
}
