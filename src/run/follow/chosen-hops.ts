import type { Followed } from "../../follow/bitcoin/options.ts";
import { bytesAt } from "../../model/place.ts";
import type { ChainContext } from "../../read/chain/source.ts";

type Chosen = ReadonlyMap<string, number>;

interface Told {
  readonly desk: Pick<ChainContext, "gap">;
  readonly evidence: string;
}

/** The hops that a trace took as they were chosen; each other one is a gap, and no choice that counts. */
export function takenHops(chosen: Chosen, followed: Followed, { desk, evidence }: Told): Chosen {
  const taken = new Map<string, number>();
  for (const [txid, vout] of chosen) {
    const why = whyNot(txid, vout, followed);
    if (why === null) taken.set(txid, vout);
    else {
      const says = `--hop ${txid}=${vout} was not taken: ${why}`;
      desk.gap(bytesAt(evidence, 0, 0), "missing-transaction", says);
    }
  }
  return taken;
}

function whyNot(txid: string, vout: number, { hops, traces, direction }: Followed): string | null {
  if (direction === "backward") return "backwards, coins come from all inputs alike";
  const tx = hops.find((one) => one.txid === txid);
  const isAllListed = traces.every(({ counts, flows }) => flows.length >= counts.edges);
  const isOnWay = traces.some(({ flows }) => flows.some((flow) => flow.txid === txid));
  if (tx === undefined || (isAllListed && !isOnWay)) return "no dirty coins went through this transaction";
  if (tx.outputs.some((output) => output.vout === vout)) return null;
  return `the transaction has no such output; it has ${tx.outputs.length}, counted from 0`;
}
