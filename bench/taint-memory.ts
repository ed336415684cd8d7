/** Memory that a trace takes with ten million dirty outputs at a time, one policy.
 *
 *  npm run bench:taint                       all policies, ten million
 *  npm run bench:taint -- fifo 1000000       one policy, so many
 *
 *  Each policy is a process of its own: what counts is the most memory that it ever held. All outputs are
 *  wholly dirty. Exit status 1 when the bound is missed.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { hash256 } from "../src/bytes/hash256.ts";
import type { TraceOptions } from "../src/follow/bitcoin/options.ts";
import { Ledger } from "../src/follow/bitcoin/taint/ledger.ts";
import type { ChainTx } from "../src/model/chain.ts";
import { POLICIES, type Policy } from "../src/model/trace.ts";

const BOUND_MB = 500;
const OUTPUTS = 10_000_000;
/** Outputs of one transaction: fewer make the bench slow, and change nothing that is measured. */
const PER_TX = 1_000;
const PLACE = { evidence: "e1", atByte: 0, byteLength: 1, packet: null, line: null };

const [policy, count = String(OUTPUTS)] = process.argv.slice(2);
if (policy === undefined) {
  const script = fileURLToPath(import.meta.url);
  const missed = POLICIES.filter((id) => {
    const { status } = spawnSync(process.execPath, [script, id], { stdio: "inherit" });
    return status !== 0;
  });
  process.exit(missed.length === 0 ? 0 : 1);
}
const seconds = fill(POLICIES.find((id) => id === policy) ?? "fifo", Number(count));
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(`${policy}: ${count} outputs, ${megabytes.toFixed(0)} MB, ${seconds.toFixed(1)} s`);
process.exit(megabytes < BOUND_MB ? 0 : 1);

/** Each seed is paid to a thousand outputs of one size. */
function fill(id: Policy, outputs: number): number {
  const began = performance.now();
  const ledger = new Ledger(optionsOf(id));
  for (let made = 0; made < outputs; made += PER_TX) {
    const seed = tx(`seed ${made}`, [], [BigInt(PER_TX) * 10_000n]);
    ledger.seed(seed, new Map([[0, "seed"]]));
    const slot = ledger.outputs.find(seed, 0);
    const values = Array.from({ length: PER_TX }, () => 10_000n);
    ledger.spend(tx(`split ${made}`, [seed.tx.txid], values), [slot]);
  }
  const { counts } = ledger.found(false, () => true).traces[0] ?? {};
  if (counts?.outputs !== outputs) throw new Error(`${counts?.outputs} of ${outputs} outputs are dirty`);
  return (performance.now() - began) / 1000;
}

function tx(name: string, inputs: readonly string[], values: readonly bigint[]) {
  const hash = hash256(Buffer.from(name));
  const made: ChainTx = {
    txid: Buffer.from(hash).reverse().toString("hex"),
    height: 1,
    index: 1,
    atMicros: 0,
    isCoinbase: false,
    isWhole: true,
    version: 2,
    locktime: 0,
    inputs: inputs.map((txid) => ({
      txid,
      vout: 0,
      valueSats: BigInt(PER_TX) * 10_000n,
      address: null,
      script: null,
      sequence: null,
    })),
    outputs: values.map((valueSats, vout) => ({ vout, valueSats, address: null, script: "p2wpkh" as const })),
    place: PLACE,
  };
  return { tx: made, hash };
}

function optionsOf(id: Policy): TraceOptions {
  return {
    policies: [id],
    followFees: false,
    untilHeight: null,
    untilMicros: null,
    dustSats: 0n,
    minDirtySats: 0n,
    chosen: new Map(),
    mostTransactions: 100,
    stopAt: () => null,
    from: null,
    hash256,
    signal: null,
  };
}
