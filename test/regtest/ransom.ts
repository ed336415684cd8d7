import type { Coin, RegtestChain } from "./chain.ts";
import type { Payee } from "./keys.ts";
import { idOf, left, milli } from "./sums.ts";

/** What of the extortion a test asks for. */
export interface Ransom {
  /** The two addresses of the note. */
  readonly addresses: readonly [string, string];
  /** "txid:vout" of each payment's outputs to them: seven outputs of five transactions. */
  readonly payments: readonly string[];
  readonly consolidation: string;
  readonly swaps: readonly { readonly txid: string; readonly address: string; readonly sats: bigint }[];
}

const GANG = ["gang, address 1", "gang, address 2"] as const;

/** Five victims pay 7 coins to two addresses, two of them to both at once; the gang puts them together and
 *  takes them to a swap service in two parts. */
export async function ransom(chain: RegtestChain, coinOf: (owner: string) => Coin): Promise<Ransom> {
  const { pay, mine, address } = chain;
  const paid: Coin[] = [];
  for (const [at, parts] of [
    [1_000, 0],
    [0, 1_500],
    [500, 500],
    [700, 300],
    [0, 2_500],
  ].entries()) {
    const from = coinOf(`ransom victim ${at + 1}`);
    const payees = parts
      .map((part, to): Payee => ({ to: GANG[to]!, sats: milli(part) }))
      .filter(({ sats }) => sats > 0n);
    const rest = left([from], ...payees.map(({ sats }) => sats));
    const change = { to: `ransom victim ${at + 1}, change`, sats: rest };
    const made = pay([from], at % 2 === 0 ? [...payees, change] : [change, ...payees]);
    paid.push(...made.filter(({ owner }) => GANG.some((name) => name === owner)));
    await mine("pool");
  }
  const [together] = pay(paid, [{ to: "gang", sats: left(paid) }]);
  await mine("pool");
  const [deposit1, rest] = pay(
    [together!],
    [
      { to: "swap service, deposit 1", sats: milli(3_000) },
      { to: "gang, change", sats: left([together!], milli(3_000)) },
    ],
  );
  await mine("pool");
  const [deposit2] = pay([rest!], [{ to: "swap service, deposit 2", sats: left([rest!]) }]);
  await mine("pool");
  return {
    addresses: [address(GANG[0]), address(GANG[1])],
    payments: paid.map(idOf),
    consolidation: together!.tx.txid(),
    swaps: [deposit1!, deposit2!].map(({ tx, owner, sats }) => ({
      txid: tx.txid(),
      address: address(owner),
      sats,
    })),
  };
}
