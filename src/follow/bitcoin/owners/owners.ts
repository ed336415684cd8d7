import { fingerprint } from "../../../bytes/fingerprint.ts";
import type { ChainTx } from "../../../model/chain.ts";
import type { AddressOwner } from "../../../model/follow-case.ts";
import { counted } from "../amount.ts";
import type { OutputRole } from "../change/roles.ts";
import { coinJoinLook } from "../coinjoin/index.ts";
import { OwnerIndex } from "./owner-index.ts";

/** What clusters are made with. */
export interface OwnerOptions {
  /** Name of the service that an address is said to belong to; null: none that is known. */
  readonly service: (address: string) => string | null;
  /** Ids of the tags of an address, of any kind. */
  readonly tagIds: (address: string) => readonly string[];
  /** Roles of a transaction's outputs, where change is to be joined with what is spent; null: it is not. */
  readonly roles: ((tx: ChainTx) => readonly OutputRole[]) | null;
}

/** Clusters of two or more addresses, and what was not joined. */
export interface Owners {
  readonly owners: readonly AddressOwner[];
  /** The cluster that an address is in; null: none of several addresses. */
  of(address: string): AddressOwner | null;
  /** Name of the service that a cluster has an address of. */
  service(address: string): string | null;
  /** Transactions whose inputs or change were not joined, and why. */
  readonly refused: readonly { readonly txid: string; readonly rule: string; readonly says: string }[];
}

const MULTI_INPUT = {
  rule: "multi-input",
  errorShare: null,
  source:
    "Nakamoto (2008), Bitcoin, § 10; Meiklejohn and others (2013), A Fistful of Bitcoins, IMC, § 4 " +
    "(heuristic 1); without CoinJoins that are recognised. PayJoins are not",
} as const;
/** A judgement: nobody measured how often several owners sign one transaction that is no known CoinJoin. */
const MULTI_INPUT_LIKELIHOOD = 0.95;
/** Change joins clusters only where its rules leave at most so much doubt. */
const LEAST_CHANGE_LIKELIHOOD = 0.95;
const MOST_ADDRESSES = 500;
const MOST_TXIDS = 20;

interface Join {
  readonly rule: string;
  readonly errorShare: number | null;
  readonly source: string;
  readonly txid: string;
  readonly address: string;
  readonly likelihood: number;
}

/** Addresses by their owners: those that are spent together (H1), and change where `roles` are given.
 *
 *  Method: all inputs of a transaction are one owner's, unless it is a CoinJoin or what is not known of it
 *  leaves that open. Then change, by transactions in their order; a change join of two clusters with
 *  different services, or of two large ones, is refused (Möser, Narayanan 2022, "cluster collapse").
 *  Limits: only what `txs` show; the whole cluster on the chain is larger. PayJoins are not recognised.
 */
export function ownersOf(txs: Iterable<ChainTx>, options: OwnerOptions): Owners {
  const index = new OwnerIndex(options.service);
  const joins: Join[] = [];
  const refused: { txid: string; rule: string; says: string }[] = [];
  const spends = [...txs].filter(({ isCoinbase, isWhole }) => !isCoinbase && isWhole);
  const oneOwners = spends.filter((tx) => {
    const says = severalOwners(tx);
    if (says !== null) refused.push({ txid: tx.txid, rule: MULTI_INPUT.rule, says });
    return says === null;
  });
  for (const tx of oneOwners) {
    const [first, ...others] = ownAddresses(tx);
    if (first === undefined || others.length === 0) continue;
    const faults = others.flatMap((address) => index.join(first, address, true) ?? []);
    joins.push({ ...MULTI_INPUT, txid: tx.txid, address: first, likelihood: MULTI_INPUT_LIKELIHOOD });
    if (faults[0] !== undefined) refused.push({ txid: tx.txid, rule: MULTI_INPUT.rule, says: faults[0] });
  }
  for (const tx of options.roles === null ? [] : oneOwners) {
    for (const { join, address } of changeJoins(tx, options.roles?.(tx) ?? [])) {
      const says = index.join(join.address, address, false);
      if (says === null) joins.push(join);
      else refused.push({ txid: tx.txid, rule: join.rule, says });
    }
  }
  return clusters(index, { joins, refused, tagIds: options.tagIds });
}

/** Addresses that it spends from, without those that anybody can spend: witness programs that have no rules
 *  yet, such as the anchors of BIP 433. */
function ownAddresses({ inputs }: ChainTx): Set<string> {
  const owned = inputs.filter(({ script }) => script !== "witness-unknown");
  return new Set(owned.flatMap(({ address }) => (address === null ? [] : [address])));
}

/** Why the inputs of a transaction are not taken for one owner's; null where they are. */
function severalOwners(tx: ChainTx): string | null {
  const { mix, unclear } = coinJoinLook(tx);
  if (mix !== null) return mix.says;
  return unclear.length > 0
    ? `it may be a CoinJoin (${unclear.join(", ")}): not all that it spends is known`
    : null;
}

function* changeJoins(tx: ChainTx, roles: readonly OutputRole[]): Iterable<{ join: Join; address: string }> {
  const { txid, outputs } = tx;
  const [own] = ownAddresses(tx);
  if (own === undefined) return;
  for (const [output, { role, likelihood, confidence, votes }] of roles.entries()) {
    const address = outputs[output]?.address ?? null;
    const vote = votes.find((one) => one.role === "change");
    if (address === null || vote === undefined || likelihood === null) continue;
    if (role !== "change" || likelihood < LEAST_CHANGE_LIKELIHOOD || confidence === "low") continue;
    const { rule, errorShare, source } = vote;
    yield { address, join: { rule: `change: ${rule}`, errorShare, source, txid, address: own, likelihood } };
  }
}

interface Joined {
  readonly joins: readonly Join[];
  readonly refused: Owners["refused"];
  readonly tagIds: OwnerOptions["tagIds"];
}

function clusters(index: OwnerIndex, { joins, refused, tagIds }: Joined): Owners {
  const members = new Map<number, string[]>();
  const joinsOf = new Map<number, Join[]>();
  const rootOf = (address: string): number => index.root(address) ?? -1;
  for (const address of index.addresses.keys()) push(members, rootOf(address), address);
  for (const join of joins) push(joinsOf, rootOf(join.address), join);
  const byRoot = new Map<number, AddressOwner>();
  for (const [root, addresses] of members) {
    if (addresses.length < 2) continue;
    const made = joinsOf.get(root) ?? [];
    byRoot.set(root, ownerOf(addresses, { made, service: index.service(root), tagIds }));
  }
  return {
    owners: [...byRoot.values()],
    of: (address) => byRoot.get(rootOf(address)) ?? null,
    service: (address) => (index.root(address) === null ? null : index.service(rootOf(address))),
    refused,
  };
}

interface Made {
  readonly made: readonly Join[];
  readonly service: string | null;
  readonly tagIds: OwnerOptions["tagIds"];
}

function ownerOf(addresses: readonly string[], { made, service, tagIds }: Made): AddressOwner {
  const [first = ""] = [...addresses].sort();
  const rules = new Map<string, Join[]>();
  for (const join of made) push(rules, join.rule, join);
  const likelihood = made.reduce((least, join) => Math.min(least, join.likelihood), MULTI_INPUT_LIKELIHOOD);
  const isSpent = made.every(({ rule }) => rule === MULTI_INPUT.rule);
  const tagged = service === null ? "" : `, one of them tagged ${service}`;
  const how = isSpent ? "are spent together" : "are spent together or get the change";
  return {
    id: `owner-${fingerprint(first)}`,
    addresses: addresses.slice(0, MOST_ADDRESSES),
    addressCount: addresses.length,
    joins: [...rules.values()].flatMap((joins) => {
      const [one] = joins;
      if (one === undefined) return [];
      const { rule, errorShare, source } = one;
      const txids = [...new Set(joins.map(({ txid }) => txid))];
      return [{ rule, txids: txids.slice(0, MOST_TXIDS), txCount: txids.length, errorShare, source }];
    }),
    likelihood,
    confidence: isSpent ? "medium" : "low",
    tags: [...new Set(addresses.flatMap((address) => tagIds(address)))],
    says:
      `${addresses.length} addresses of one owner${tagged}: ` +
      `they ${how} in ${counted(new Set(made.map(({ txid }) => txid)).size, "transaction")}`,
  };
}

function push<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
