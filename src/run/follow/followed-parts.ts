import { isoMicros } from "../../bytes/time.ts";
import type { Followed, SeedRequest } from "../../follow/bitcoin/options.ts";
import { pathsOf } from "../../follow/bitcoin/paths.ts";
import type { SwapRecord } from "../../follow/bitcoin/swaps/coin-sources.ts";
import { joinSwaps } from "../../follow/bitcoin/swaps/join-swaps.ts";
import type { CoinPrices } from "../../follow/worth.ts";
import type { Chain, ChainTx } from "../../model/chain.ts";
import type { CaseChain } from "../../model/follow-case.ts";
import type { CaseTrace } from "../../model/trace.ts";
import type { Behind } from "./behind.ts";
import { caseTraces } from "./case-traces.ts";
import type { Names } from "./names.ts";
import type { FollowOptions } from "./options.ts";
import type { FollowedParts } from "./parts.ts";
import { revenues } from "./revenues.ts";
import { roles } from "./roles.ts";
import { worthsOf } from "./worths.ts";

/** Everything that is known at the end of a run. */
export interface Found {
  readonly chain: Chain;
  readonly source: Pick<CaseChain, "kind" | "source" | "evidence">;
  readonly coin: string;
  readonly prices: CoinPrices;
  readonly request: SeedRequest;
  readonly options: FollowOptions;
  readonly names: Names;
  readonly followed: Followed;
  readonly behind: Behind;
  /** In the order of the chain, as far as they were passed. */
  readonly looked: readonly ChainTx[];
  readonly swaps: readonly SwapRecord[];
}

/** What was followed, as the case tells it. */
export function followedParts(found: Found): FollowedParts {
  const { chain, prices, options, followed, behind, coin, request } = found;
  const tags = found.names.after(followed);
  const own = caseChain(found);
  const roleOf = roles(found.looked, { prices, behind: behind.of });
  const traces = caseTraces(followed, { chain: own, coin, options, prices, roleOf });
  const services = {
    serviceOf: serviceFrom(found, behind),
    worthOf: worthFrom(found),
    sweptFrom: sweptFrom(found),
  };
  const met = addressesOf(traces);
  return {
    chains: [own],
    traces,
    paths: traces.flatMap((trace) => pathsOf(trace, services)),
    revenues: revenues({
      hops: followed.hops,
      request,
      options,
      prices,
      claims: chain.kind === "lookup" ? (chain.claims ?? []) : [],
      familyOf: (address) => tags.tagsOf(address).find(({ abuse }) => abuse !== null)?.label ?? null,
      doubts: tags.doubts([...met]),
      sameOwner: ownSeeds(request, behind),
    }),
    owners: behind.owners.owners,
    tags: [...new Set([...met, ...behind.reasons])].flatMap(tags.tagsOf),
    swaps: joinSwaps(found.swaps, { coin, outputs: traces.flatMap(outputsOf) }),
  };
}

/** All outputs of a trace that swaps can have taken. */
function outputsOf({ outputs, edges }: CaseTrace): readonly CaseTrace["edges" | "outputs"][number][] {
  return [...outputs, ...edges.filter(({ vout }) => vout !== null)];
}

function caseChain({ chain, source }: Found): CaseChain {
  const { height, hash, atMicros } = chain.tip;
  return {
    id: "c1",
    network: chain.network,
    ...source,
    firstHeight: chain.kind === "blocks" ? chain.firstHeight : null,
    tip: { height, hash, at: atMicros === null ? null : isoMicros(atMicros) },
  };
}

/** The service that holds an output: by tag, else by what its address does. */
function serviceFrom({ names }: Found, behind: Behind): Parameters<typeof pathsOf>[1]["serviceOf"] {
  return ({ address }) => {
    if (address === null) return null;
    const tagged = names.index.serviceOf(address);
    const name = tagged?.name ?? behind.of(address)?.service ?? null;
    if (name === null) return null;
    const category = tagged?.category ?? names.tags.find(({ label }) => label === name)?.category ?? null;
    return { name, category };
  };
}

function worthFrom({ prices, options }: Found): Parameters<typeof pathsOf>[1]["worthOf"] {
  return ({ dirtySats, at }) => worthsOf([{ valueSats: dirtySats, at }], prices, options.asOf);
}

function sweptFrom({ names, looked }: Found): Parameters<typeof pathsOf>[1]["sweptFrom"] {
  const byId = new Map(looked.map((tx) => [tx.txid, tx]));
  return ({ txid, address }) => {
    if (address === null || names.index.serviceOf(address) === null) return [];
    return [...new Set(byId.get(txid)?.inputs.flatMap((input) => input.address ?? []))];
  };
}

/** Whether an address seems to belong to whoever holds the seeds. */
function ownSeeds({ addresses }: SeedRequest, { owners }: Behind): (address: string) => boolean {
  const own = new Set(addresses.map(({ address }) => address));
  const clusters = new Set([...own].map((address) => owners.of(address)?.id ?? null));
  clusters.delete(null);
  return (address) => own.has(address) || clusters.has(owners.of(address)?.id ?? null);
}

function addressesOf(traces: readonly CaseTrace[]): ReadonlySet<string> {
  const met = traces.flatMap(({ seeds, outputs, edges }) => [...seeds, ...outputs, ...edges]);
  return new Set(met.flatMap(({ address }) => (address === null ? [] : [address])));
}
