import type { CountedSession } from "../../model/facts.ts";
import type { Login, ShareRecord } from "../../model/record.ts";
import { countShares, type ShareCounts } from "../../model/work.ts";
import { short } from "../words.ts";

/** For whom a miner works. `key` tells payees apart; `name` is the whole address or account. */
export interface Payee {
  readonly kind: "wallet" | "account" | "unknown";
  readonly key: string;
  readonly name: string | null;
}

/** The part of a session that belongs to one payee:
 *  mostly all of it, for a proxy with several logins a part. */
export interface Stint {
  readonly counted: CountedSession;
  readonly payee: Payee;
  /** The wallet's form carries a checksum that holds. */
  readonly walletChecked: boolean;
  readonly counts: ShareCounts;
  /** Shares in the order of their times. */
  readonly shares: readonly ShareRecord[];
  /** Expected hashes or solutions behind accepted shares of known difficulty; null: none is known. */
  readonly hashes: number | null;
}

/** Whom a login pays: its wallet, else its account. */
export function payeeOf(login: Login | undefined): Payee {
  const wallet = login?.wallet ?? null;
  if (wallet !== null) {
    // One Ethereum account can be written in several cases (EIP-55), so the case does not tell payees apart.
    const same = wallet.coin === "eth" ? wallet.address.toLowerCase() : wallet.address;
    return { kind: "wallet", key: `wallet ${same}`, name: wallet.address };
  }
  const account = login?.account ?? null;
  if (account !== null && account !== "")
    return { kind: "account", key: `account ${account}`, name: account };
  return { kind: "unknown", key: "unknown", name: null };
}

/** A payee as a sentence names it: a wallet shortened, an account in quotes. */
export function payeeText({ kind, name }: Payee): string {
  if (name === null) return "a payee that the evidence does not name";
  return kind === "wallet" ? short(name) : `the account "${short(name)}"`;
}

/** Splits a session by payee. Sums come from the session where one payee has it all, since shares' details
 *  may have been dropped to keep memory bounded; from the shares where several have. */
export function stints(counted: CountedSession): Stint[] {
  const { logins } = counted.session;
  const shares = [...counted.shares].sort((a, b) => a.atMicros - b.atMicros);
  const payees = new Map<string, Login | undefined>();
  for (const login of logins) {
    const { key } = payeeOf(login);
    if (!payees.has(key)) payees.set(key, login);
  }
  if (payees.size < 2) {
    const hashes = counted.work?.hashes ?? null;
    return [{ counted, ...paid(logins[0]), counts: counted.counts, shares, hashes }];
  }
  return [...payees].map(([key, login]) => {
    const own = shares.filter((share) => payeeOf(logins[share.login]).key === key);
    return { counted, ...paid(login), counts: countShares(own), shares: own, hashes: hashesOf(own) };
  });
}

function paid(login: Login | undefined): { payee: Payee; walletChecked: boolean } {
  return { payee: payeeOf(login), walletChecked: login?.wallet?.checked ?? false };
}

function hashesOf(shares: readonly ShareRecord[]): number | null {
  const known = shares.filter((share) => share.outcome === "accepted" && share.expectedHashes !== null);
  return known.length === 0 ? null : known.reduce((sum, share) => sum + (share.expectedHashes ?? 0), 0);
}
