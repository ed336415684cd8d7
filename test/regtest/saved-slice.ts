import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scriptKind } from "../../src/bytes/bitcoin-script.ts";
import type { ChainLookup, ScriptKind } from "../../src/model/chain.ts";
import { SLICE } from "../../src/read/chain/slice/index.ts";
import { chainContext } from "../kit/chain/context.ts";
import { secondsAt } from "./chain.ts";
import type { Ledger, LedgerOutput, LedgerTx } from "./ledger.ts";

/** A ledger as a source that answers questions. */
export async function openedSlice(ledger: Ledger): Promise<ChainLookup> {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-regtest-"));
  try {
    const context = chainContext();
    const path = join(folder, "slice.json");
    writeFileSync(path, savedSlice(ledger));
    const slice = await SLICE.open(path, context);
    assert.deepEqual(context.gaps(), []);
    assert.ok(slice.kind === "lookup");
    return slice;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As Esplora names them; none but these are made here. */
const TYPES: Partial<Record<ScriptKind, string>> = {
  p2pkh: "p2pkh",
  p2wpkh: "v0_p2wpkh",
  p2tr: "v1_p2tr",
  "op-return": "op_return",
};

/** The whole chain as it would be saved from an Esplora server, with every transaction's position. */
function savedSlice(ledger: Ledger): string {
  const known = new Map(ledger.transactions.map((tx) => [tx.txid, tx]));
  const inBlock = new Map<number, number>();
  const transactions = ledger.transactions.map((tx) => {
    const index = inBlock.get(tx.height) ?? 0;
    inBlock.set(tx.height, index + 1);
    return { ...saved(tx, known), index };
  });
  const height = transactions.at(-1)?.status.block_height ?? 0;
  const tip = { height, time: secondsAt(height), hash: "00".repeat(32) };
  return JSON.stringify({ schema: 1, network: "btc-regtest", complete: true, tip, transactions });
}

function saved({ txid, height, inputs, outputs }: LedgerTx, known: ReadonlyMap<string, LedgerTx>) {
  const vin = inputs.map((id) => {
    const [source = "", vout] = id.split(":");
    const prevout = savedOutput(known.get(source)!.outputs[Number(vout)]!);
    return { txid: source, vout: Number(vout), prevout, is_coinbase: false, sequence: 0xffffffff };
  });
  const coinbase = { txid: "00".repeat(32), vout: 0xffffffff, prevout: null, is_coinbase: true };
  return {
    txid,
    version: 1,
    locktime: 0,
    vin: vin.length === 0 ? [coinbase] : vin,
    vout: outputs.map(savedOutput),
    status: { confirmed: true, block_height: height, block_time: secondsAt(height) },
  };
}

function savedOutput({ sats, address, script }: LedgerOutput): object {
  return {
    scriptpubkey_type: TYPES[scriptKind(script)],
    ...(address === null ? {} : { scriptpubkey_address: address }),
    value: Number(sats),
  };
}
