import { compareText } from "../bytes/text.ts";
import type { Facts } from "../model/facts.ts";
import { grouped } from "../model/group.ts";
import type { CaseWallet } from "../model/host-case.ts";
import type { Place } from "../model/place.ts";

/** Places of one address that the case lists; `times` counts them all. */
const MOST_PLACES = 50;

interface Sighting {
  readonly coin: string;
  readonly address: string;
  readonly form: string;
  readonly checked: boolean;
  readonly host: string | null;
  readonly times: number;
  readonly what: string;
  readonly place: Place;
}

/** Every payment address of the case with the places in which it stands, in the order of coins and addresses.
 *  An Ethereum address is one in whatever case its digits are written. */
export function wallets(facts: Pick<Facts, "address" | "sessions">): CaseWallet[] {
  const byAddress = grouped(
    [...carved(facts), ...loggedIn(facts)],
    ({ coin, address }) => `${coin} ${coin === "eth" ? address.toLowerCase() : address}`,
  );
  return [...byAddress].sort(([a], [b]) => compareText(a, b)).map(([, sightings]) => walletOf(sightings));
}

function walletOf(sightings: readonly Sighting[]): CaseWallet {
  // A spelling whose capitals are a checksum says more than one without.
  const best = sightings.find(({ checked }) => checked) ?? sightings[0];
  if (best === undefined) throw new TypeError("a wallet without a sighting");
  const { coin, address, form, checked } = best;
  return {
    coin,
    address,
    form,
    checked,
    hosts: [...new Set(sightings.flatMap(({ host }) => host ?? []))].sort(compareText),
    times: sightings.reduce((sum, { times }) => sum + times, 0),
    seenIn: sightings.slice(0, MOST_PLACES).map(({ what, place }) => ({ what, place })),
  };
}

function carved({ address }: Pick<Facts, "address">): Sighting[] {
  return address.map(({ coin, address: text, form, checked, host, times, path, place }) => ({
    coin,
    address: text,
    form,
    checked,
    host,
    times,
    what: path,
    place,
  }));
}

function loggedIn({ sessions }: Pick<Facts, "sessions">): Sighting[] {
  return sessions.flatMap(({ session }) =>
    session.logins.flatMap(({ wallet, place }) => {
      if (wallet === null || place === null) return [];
      const { coin, address, form, checked } = wallet;
      return [{ coin, address, form, checked, host: null, times: 1, what: `login in ${session.id}`, place }];
    }),
  );
}
