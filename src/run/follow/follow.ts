import { redactText } from "../../bytes/secrets.ts";
import type { Chain } from "../../model/chain.ts";
import { PaydirtError } from "../../model/error.ts";
import { CHAIN_SCHEMES } from "../../read/chain/index.ts";
import type { AnswerCache, ChainScheme } from "../../read/chain/source.ts";
import { readSwaps, type SwapRecord } from "../../read/chain/swaps.ts";
import type { ChainSlice } from "../../report/index.ts";
import { answerFolder, openAnswerFiles } from "../../store/answer-cache.ts";
import { type BitcoinNetwork, networkById } from "../../tables/bitcoin-networks.ts";
import type { Investigation } from "../investigate.ts";
import { marketOf } from "../market.ts";
import { askedClusters } from "./asked-clusters.ts";
import { caseOf } from "./case.ts";
import { takenHops } from "./chosen-hops.ts";
import { type ChainClusters, chainClusters } from "./clusters.ts";
import { FollowDesk } from "./desk.ts";
import { earlierTrace } from "./earlier.ts";
import { type Found, followedParts } from "./followed-parts.ts";
import { tellMissingSeeds } from "./missing-seeds.ts";
import { readNames } from "./names.ts";
import type { FollowOptions } from "./options.ts";
import { type Reached, reachedIn } from "./reached.ts";
import { caseSeeds, requestOf } from "./request.ts";
import { demandBands } from "./revenues.ts";
import { seedOf } from "./seeds.ts";

/** Follows money through a source of blocks or transactions and makes a case of it, or adds it to one.
 *  Writes nothing but a server's answers into the cache.
 *
 *  Errors: `PaydirtError` "bad-option" for seeds that cannot be followed, "bad-source" for a source that
 *  cannot be used at all, "interrupted" when the signal says so. A source that fails in the midst is a gap.
 */
export async function follow(options: FollowOptions): Promise<Investigation> {
  const seeds = options.seeds.map(seedOf);
  if (seeds.length === 0 && options.into === null) {
    throw new PaydirtError(
      "bad-option",
      "follow needs a seed, such as btc:ADDRESS or btc:TXID:0, or --into CASE for the addresses of a case",
    );
  }
  demandBands(options);
  const { scheme, where } = schemeOf(options.chain);
  const market = marketOf(options.dataFolder);
  const desk = new FollowDesk(options, await cacheOf(scheme, options));
  const chain = await scheme.open(where, desk);
  try {
    checkHeights(chain, options);
    const source = sourceOf(scheme, where, desk);
    const network = networkOf(chain);
    const names = await readNames({ chain, coin: network.coin, options, desk });
    const swaps = await swapsOf(options, desk);
    const wanted =
      seeds.length > 0 || options.into === null ? seeds : caseSeeds(options.into.case, network.coin);
    const asked = requestOf(wanted, { network, tags: names.tags, addressesOf: names.index.addressesOf });
    const clusters = await clustersOf(options, { chain, network, names, desk });
    const request = (await clusters?.expanded(asked)) ?? asked;
    clusters?.close();
    const earlier = await earlierTrace(chain, { source, request, options });
    const reached = await reachedIn(chain, { request, options, names, clusters, earlier });
    const isNamed = seeds.length > 0 && options.into === null;
    tellMissingSeeds(asked, reached.followed, { desk, evidence: source.evidence, isNamed });
    const chosen = takenHops(options.chosen, reached.followed, { desk, evidence: source.evidence });
    const prices = { market, coin: network.isTest ? network.id : network.coin };
    const told = { chain, source, coin: network.coin, prices, request, names, swaps };
    const parts = followedParts({ ...told, ...reached, options: { ...options, chosen } });
    const { into } = options;
    return {
      case: caseOf({ desk, options, market, parts }),
      counted: [],
      custody: [...(into?.manifest.evidence ?? []), ...desk.custody],
      slice: sliceOf(chain, reached),
      ...(into === null ? {} : { older: into }),
      ...(reached.wentOnFrom === null ? {} : { wentOnFrom: reached.wentOnFrom }),
    };
  } finally {
    await chain.close();
  }
}

/** All transactions that the trace went through: what a second expert needs of the source. */
function sliceOf({ network, tip }: Chain, { looked, followed }: Reached): ChainSlice {
  const lying = followed.traces.flatMap(({ outputs }) => outputs.filter(({ spent }) => spent === false));
  const unspent = new Set(lying.map(({ txid, vout }) => `${txid}:${vout}`));
  return { network, tip, transactions: looked, unspent: [...unspent] };
}

/** Clusters, where they were asked for: of the whole chain, or of what is asked for from the seeds on. */
async function clustersOf(
  { byCluster }: FollowOptions,
  around: { readonly chain: Chain } & Omit<Parameters<typeof chainClusters>[0], "chain">,
): Promise<ChainClusters | null> {
  const { chain } = around;
  if (!byCluster) return null;
  return chain.kind === "blocks" ? chainClusters({ ...around, chain }) : askedClusters({ ...around, chain });
}

/** A list without heights would seem to hold no payment at all. */
function checkHeights({ kind, tip }: Chain, { until }: FollowOptions): void {
  if (kind !== "lookup" || tip.height !== null || until.height === null) return;
  throw new PaydirtError(
    "bad-option",
    `Cannot use --until ${until.asked ?? until.height}: the source has no heights; give a day, as 2017-08-03`,
  );
}

function schemeOf(chain: string): { readonly scheme: ChainScheme; readonly where: string } {
  const colon = chain.indexOf(":");
  const scheme = CHAIN_SCHEMES.find(({ id }) => id === chain.slice(0, colon));
  if (scheme === undefined) {
    const known = CHAIN_SCHEMES.map(({ id, takes }) => `${id}:${takes}`).join(", ");
    throw new PaydirtError("bad-option", `Cannot use --chain ${redactText(chain)}: a source is ${known}`);
  }
  return { scheme, where: chain.slice(colon + 1) };
}

/** The records of all files, numbered in the order in which these were named. */
async function swapsOf(options: FollowOptions, desk: FollowDesk): Promise<readonly SwapRecord[]> {
  const swaps: SwapRecord[] = [];
  for (const path of options.swaps) {
    for (const swap of await readSwaps(path, desk, swaps.length + 1)) swaps.push(swap);
  }
  return swaps;
}

/** Files need no cache: they are there. */
async function cacheOf({ id }: ChainScheme, { cacheFolder }: FollowOptions): Promise<AnswerCache | null> {
  return id === "esplora" ? openAnswerFiles(cacheFolder ?? answerFolder()) : null;
}

/** What a source is called in the case. A server's name comes from the evidence, where it has no password. */
function sourceOf({ id }: ChainScheme, where: string, { first }: FollowDesk): Found["source"] {
  const isServer = id === "rpc" || id === "esplora";
  return { kind: id, source: isServer ? (first?.name ?? id) : where, evidence: first?.id ?? "" };
}

function networkOf({ network }: Chain): BitcoinNetwork {
  const found = networkById(network);
  if (found === null) throw new RangeError(`Cannot follow ${network}: there is no such network`);
  return found;
}
