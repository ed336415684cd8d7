import { pathsOf } from "../../../src/follow/bitcoin/paths.ts";
import { type Case, NOTHING_FOLLOWED } from "../../../src/model/case.ts";
import type { AddressOwner, CaseChain, CaseSwap, CaseTag } from "../../../src/model/follow-case.ts";
import { bytesAt } from "../../../src/model/place.ts";
import { type CaseTrace, POLICIES, type TraceOutput } from "../../../src/model/trace.ts";
import { followVerdict } from "../../../src/run/follow/verdict.ts";
import { nothingCase } from "../sample-case.ts";
import { evidence } from "../sample-parts.ts";
import { wannaCry } from "./revenue.ts";
import { theftTags } from "./tags.ts";
import { address, placeOf, theftTrace, txid, worthOf } from "./theft.ts";

const CHAIN: CaseChain = {
  id: "c1",
  network: "bitcoin",
  kind: "slice",
  source: "slice:theft-2017-12.json",
  evidence: "e1",
  firstHeight: 497_985,
  tip: { height: 498_500, hash: "0".repeat(16).padEnd(64, "4b"), at: "2017-12-12T21:14:03.000000Z" },
};

const file = (id: string, name: string, kind: string) =>
  evidence({ id, name, kind, bytes: 48_213, packets: null, first: null, last: null });

/** The theft by all five policies, a revenue beside it, tags that disagree, swaps and what was not read. */
export function followedCase(over: Partial<Case> = {}): Case {
  const traces = POLICIES.map((policy, at) => theftTrace(`t${at + 1}`, policy));
  const made = nothingCase({
    about: { caseNumber: "2017-1206", examiner: "A. Examiner" },
    evidence: [
      file("e1", "theft-2017-12.json", "chain-slice"),
      file("e2", "exchanges.yaml", "tagpack"),
      file("e3", "swaps.json", "swap-records"),
      file("e4", "ransomwhere-export.json", "chain-slice"),
    ],
    ...NOTHING_FOLLOWED,
    chains: [CHAIN, { ...CHAIN, id: "c2", source: "slice:ransomwhere-export.json", evidence: "e4" }],
    traces,
    paths: traces.slice(0, 1).flatMap((trace) => pathsTo(trace, theftTags())),
    revenues: [wannaCry()],
    owners: owners(),
    tags: theftTags(),
    swaps: swaps(),
    gaps: [
      {
        place: bytesAt("e1", 9_120, 1873),
        code: "unknown-input-value",
        says: "3 inputs of the CoinJoin have no value in the slice",
        count: 3,
      },
      {
        place: { ...bytesAt("e2", 4_410, 90), line: 211 },
        code: "malformed-tag",
        says: "a tag without an address",
        count: 1,
      },
    ],
    ...over,
  });
  return { ...made, verdict: followVerdict(made) };
}

/** Paths as a run makes them, with services named by tags. */
export function pathsTo(trace: CaseTrace, tags: readonly CaseTag[]) {
  return pathsOf(trace, {
    serviceOf: ({ stop, address: at }: TraceOutput) => {
      const tag = tags.find((one) => one.address === at);
      if (stop !== "service" || tag === undefined) return null;
      const category = tag.label === "ShapeShift" ? "swap" : tag.category;
      return { name: tag.label, category };
    },
    sweptFrom: () => [],
    worthOf: ({ dirtySats, at }) => [worthOf(BigInt(dirtySats), at?.slice(0, 10))],
  });
}

function owners(): readonly AddressOwner[] {
  const source = "Meiklejohn et al. 2013, §4.1";
  return [
    {
      id: "w1",
      addresses: [address("thief"), address("peel 1"), address("peel 2")],
      addressCount: 9,
      joins: [{ rule: "multi-input", txids: [txid("split")], txCount: 1, errorShare: null, source }],
      likelihood: 0.95,
      confidence: "high",
      tags: ["g7"],
      says: "9 addresses spent together, none of them in a CoinJoin",
    },
    {
      id: "w2",
      addresses: [address("Huobi 1"), address("Huobi 2")],
      addressCount: 18_204,
      joins: [{ rule: "multi-input", txids: [txid("sweep")], txCount: 402, errorShare: null, source }],
      likelihood: 0.9,
      confidence: "medium",
      tags: ["g1", "g2", "g6"],
      says: "deposit addresses that are swept into one wallet",
    },
  ];
}

function swaps(): readonly CaseSwap[] {
  const swap = (n: number, from: string, to: string): CaseSwap => ({
    id: `x${n}`,
    service: "ShapeShift",
    status: "complete",
    from: { coin: "btc", amount: from, address: address(`ShapeShift ${n}`), txid: txid(`peel ${6 + n}`) },
    to: { coin: "xmr", amount: to, address: "46jECbnMadeUpPayoutAddress", txid: null },
    at: `2017-12-0${8 + (n >> 1)}T20:1${n}:00.000000Z`,
    times: n === 2 ? 2 : 1,
    place: { ...bytesAt("e3", 10 + n * 420, 400), line: n * 14 },
    joins:
      n > 1
        ? []
        : [
            {
              to: `${txid("peel 7")}:0`,
              rule: "same-output",
              likelihood: 0.99,
              confidence: "high",
              says: "the record names the transaction that paid the deposit address",
            },
          ],
  });
  return [swap(1, "2.4", "137.20114"), swap(2, "1.1", "62.9")];
}

/** The same where the last of it went to many in one transaction: what a trace over months gives. */
export function wideCase(ends = 300): Case {
  const c = followedCase();
  const [fifo] = c.traces;
  const last = fifo?.outputs.find(({ txid: id, vout }) => id === txid("merge") && vout === 1);
  if (fifo === undefined || last === undefined) return c;
  const each = BigInt(last.dirtySats) / BigInt(ends);
  const rest = BigInt(last.dirtySats) - each * BigInt(ends - 1);
  const fanned = Array.from({ length: ends }, (_, vout) => ({
    txid: txid("fan"),
    vout,
    address: address(`fan ${vout}`),
    valueSats: String(vout === 0 ? rest : each),
    dirtySats: String(vout === 0 ? rest : each),
    height: 498_310,
    at: "2017-12-12T01:00:00.000000Z",
    place: placeOf(20),
  }));
  const outputs = fanned.map((one, at): TraceOutput => {
    const stopSays = `Service ${at}, by tag of “Exchange addresses”`;
    return {
      ...one,
      segments: null,
      spent: at % 2 === 0,
      ...(at % 2 === 0 && { stop: "service", stopSays }),
    };
  });
  const edges = fanned.map((one) => ({
    ...one,
    from: [`${last.txid}:${last.vout}`],
    fromCount: 1,
    how: "inferred" as const,
    role: "payment" as const,
    likelihood: null,
    confidence: null,
    votes: [],
    chosen: false,
  }));
  const trace = {
    ...fifo,
    outputs: [...fifo.outputs.filter((one) => one !== last), ...outputs],
    edges: [...fifo.edges, ...edges],
  };
  return followedCase({ traces: [trace] });
}
