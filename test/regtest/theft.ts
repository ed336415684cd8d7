import type { Coin, RegtestChain } from "./chain.ts";
import type { Payee } from "./keys.ts";
import { FEE_SATS, idOf, left, milli } from "./sums.ts";

/** What of the theft a test asks for: "txid:vout", or txids. */
export interface Theft {
  readonly seed: string;
  readonly coinjoin: string;
  /** What the thief paid to addresses of its own at the exchange. */
  readonly deposits: readonly string[];
  readonly sweeps: readonly string[];
  readonly burnt: string;
  readonly dust: string;
  readonly parked: string;
}

/** A theft of 120 coins, and where they went: a peel chain of eight hops, three of them within one block, of
 *  which parts go to an exchange, into a CoinJoin, to a merchant, into nothing and into dust. */
export async function theft(chain: RegtestChain, coinOf: (owner: string) => Coin): Promise<Theft> {
  const { pay, mine } = chain;
  const loot = await stolen(chain, coinOf);
  const peel = (from: Coin, peeled: Payee, next: { readonly at: 0 | 1; readonly owner: string }): Coin[] => {
    const rest = { to: next.owner, sats: left([from], peeled.sats) };
    const made = pay([from], next.at === 0 ? [rest, peeled] : [peeled, rest]);
    return next.at === 0 ? made : [made[1]!, made[0]!];
  };

  const [hop1, deposit1] = peel(loot, deposit(1, 5_000), { at: 1, owner: "thief 1" });
  const [hop2, deposit2] = peel(hop1!, { ...deposit(2, 7_000), kind: "p2pkh" }, { at: 0, owner: "thief 2" });
  await mine("pool");
  const [hop3, goods] = peel(hop2!, { to: "merchant", sats: milli(10_000) }, { at: 1, owner: "thief 3" });
  const [hop4, purse] = peel(hop3!, { to: "purse", sats: milli(4_000) }, { at: 0, owner: "thief 4" });
  const [hop5, dust] = peel(hop4!, { to: "dust", sats: 500n }, { at: 0, owner: "thief 5" });
  const dirtyFees = await mine("dirty pool");
  const [hop6, burnt] = peel(
    hop5!,
    { to: "a message", sats: milli(100), kind: "op-return" },
    { at: 0, owner: "thief 6" },
  );
  await mine("pool", FEE_SATS / 2n);
  const [hop7, deposit3] = peel(hop6!, deposit(3, 9_000), { at: 1, owner: "thief 7" });
  const [parked] = pay([hop7!], [{ to: "thief 8", sats: left([hop7!]), kind: "p2tr" }]);
  await mine("pool");

  const coinjoin = mix(chain, purse!, coinOf);
  const sweeps = sweep(chain, [deposit1!, deposit2!, deposit3!], coinOf);
  await mine("pool");
  trade(chain, goods!, coinOf);
  await mine("pool");
  await spendReward(chain, dirtyFees, coinOf);
  return {
    seed: idOf(loot),
    coinjoin,
    deposits: [deposit1!, deposit2!, deposit3!].map(idOf),
    sweeps,
    burnt: idOf(burnt!),
    dust: idOf(dust!),
    parked: idOf(parked!),
  };
}

const deposit = (number: number, thousandths: number): Payee => ({
  to: `exchange, deposit of thief ${number}`,
  sats: milli(thousandths),
});

async function stolen({ pay, mine }: RegtestChain, coinOf: (owner: string) => Coin): Promise<Coin> {
  const from = ["victim 1", "victim 2", "victim 3"].map(coinOf);
  const sats = milli(120_000);
  const [, loot] = pay(from, [
    { to: "victim, change", sats: left(from, sats) },
    { to: "thief", sats },
  ]);
  await mine("pool");
  return loot!;
}

/** Five owners, five equal outputs of one coin, five changes: the purse pays the others for joining it. */
function mix({ pay }: RegtestChain, purse: Coin, coinOf: (owner: string) => Coin): string {
  const from = [coinOf("joiner 1"), coinOf("joiner 2"), purse, coinOf("joiner 3"), coinOf("joiner 4")];
  const equal = from.map(({ owner }): Payee => ({ to: `${owner}, mixed`, sats: milli(1_000) }));
  const changes = from.map(
    (coin, at): Payee => ({
      to: `${coin.owner}, change`,
      sats: coin.sats - milli(1_000) + (coin === purse ? -milli(13) : milli(at + 1)),
    }),
  );
  const order = [3, 7, 0, 9, 4, 6, 1, 8, 2, 5];
  const outputs = [...equal, ...changes];
  const [first] = pay(
    from,
    order.map((at) => outputs[at]!),
  );
  return first!.tx.txid();
}

/** Eight customers pay to their own deposit addresses; the exchange sweeps these and the thief's into its hot
 *  wallet, twice, and pays out from there. */
function sweep({ pay }: RegtestChain, thiefs: readonly Coin[], coinOf: (owner: string) => Coin): string[] {
  const deposits = Array.from({ length: 8 }, (_, at) => {
    const from = coinOf(`customer ${at + 1}`);
    const sats = milli(1_000 * (at + 1) + 137);
    const [made] = pay(
      [from],
      [
        { to: `exchange, deposit of customer ${at + 1}`, sats },
        { to: `customer ${at + 1}, change`, sats: left([from], sats) },
      ],
    );
    return made!;
  });
  const [first, second, third] = thiefs;
  const early = [deposits[0]!, deposits[1]!, first!, deposits[2]!, second!, deposits[3]!];
  const [hot] = pay(early, [{ to: "exchange, hot wallet", sats: left(early) }]);
  const late = [...deposits.slice(4), third!];
  const [more] = pay(late, [{ to: "exchange, hot wallet", sats: left(late) }]);
  const paidOut = milli(3_333);
  pay(
    [hot!, more!],
    [
      { to: "customer 9", sats: paidOut },
      { to: "exchange, hot wallet", sats: left([hot!, more!], paidOut, 2n * paidOut) },
      { to: "customer 10", sats: 2n * paidOut },
    ],
  );
  return [hot!, more!].map(({ tx }) => tx.txid());
}

/** A merchant spends dirty and clean coins together, with a large fee, and its payees do so again: here the
 *  policies part. One transaction pays no fee. */
function trade({ pay }: RegtestChain, goods: Coin, coinOf: (owner: string) => Coin): void {
  const till = coinOf("merchant");
  const [supplier, staff, rest] = pay(
    [till, goods],
    [
      { to: "supplier", sats: milli(30_001) },
      { to: "staff", sats: milli(12_000) + 7n },
      { to: "merchant, change", sats: milli(17_500) },
    ],
  );
  const [rent, tax] = pay(
    [staff!, supplier!],
    [
      { to: "landlord", sats: milli(20_000) + 1n },
      { to: "treasury", sats: milli(5_000) + 3n },
      { to: "supplier, change", sats: left([staff!, supplier!], milli(25_000) + 4n) },
    ],
  );
  const all = [rent!, rest!, tax!];
  const sats = all.reduce((total, coin) => total + coin.sats, 0n);
  const third = sats / 3n;
  pay(all, [
    { to: "heir 1", sats: third },
    { to: "heir 2", sats: third },
    { to: "heir 3", sats: sats - 2n * third },
  ]);
}

/** The miner who got the thief's fees spends its reward with a clean one, when it may. */
async function spendReward(
  { pay, mine, height }: RegtestChain,
  dirtyFees: Coin,
  coinOf: (owner: string) => Coin,
): Promise<void> {
  const ripe = height() + 100;
  while (height() < ripe) await mine("pool");
  const from = [coinOf("early pool"), dirtyFees];
  const half = left(from) / 2n;
  pay(from, [
    { to: "miner's bank", sats: half },
    { to: "dirty pool", sats: left(from, half) },
  ]);
  await mine("pool");
}
