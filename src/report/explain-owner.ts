import type { Case } from "../model/case.ts";
import type { AddressOwner, CaseSwap } from "../model/follow-case.ts";
import { coinSign, count, percent, plural, when } from "./numbers.ts";
import { type Row, rows, type TerminalOptions } from "./terminal.ts";
import { basis, heading } from "./trail.ts";
import { cut } from "./visible.ts";
import { likelihood, ownerLikelihood } from "./words.ts";

/** Addresses and transactions that are printed; owners.csv and case.json have more. */
const MOST_ADDRESSES = 30;
const MOST_TXIDS = 5;

/** An owner: which addresses, what joined them, and how often such rules are wrong. */
export function explainOwner(owner: AddressOwner, options: TerminalOptions): string[] {
  const { addresses, addressCount, joins, tags } = owner;
  const joined = joins.map(
    ({ rule, txCount, txids, errorShare, source }): Row => ({
      label: "Joined by",
      value: [
        `${cut(rule, 60)}: ${plural(txCount, "transaction")}`,
        ...txids.slice(0, MOST_TXIDS),
        errorShare === null ? "how often it is wrong was not measured" : `wrong in ${percent(errorShare)}`,
        cut(source, 200),
      ],
    }),
  );
  return [
    ...heading(`${owner.id}  ${cut(owner.says, 300)}`, options),
    "",
    ...rows(
      [
        ...joined,
        { label: "Likelihood", value: ownerLikelihood(owner) },
        { label: "Confidence", value: owner.confidence, note: "how good the sources are" },
        { label: "Tags", value: cut(tags.join(" "), 400) || "none" },
        {
          label: "Addresses",
          value: addresses.slice(0, MOST_ADDRESSES),
          note: `${count(Math.min(MOST_ADDRESSES, addresses.length))} of ${count(addressCount)}`,
        },
      ],
      options,
    ),
  ];
}

/** A swap as its record tells it, and what it was joined to. */
export function explainSwap(c: Case, swap: CaseSwap, options: TerminalOptions): string[] {
  const side = ({ coin, amount, address, txid }: CaseSwap["from"]): readonly string[] => [
    `${cut(amount, 40)} ${coinSign(coin)}`,
    `address ${address ?? "not told"}`,
    `transaction ${txid ?? "not told"}`,
  ];
  return [
    ...heading(`${swap.id}  A swap by ${cut(swap.service ?? "a service that is not named", 100)}`, options),
    "",
    ...rows(
      [
        { label: "Gave", value: side(swap.from) },
        { label: "Got", value: side(swap.to) },
        { label: "When", value: when(swap.at) },
        { label: "Status", value: cut(swap.status ?? "not told", 100) },
        { label: "Listed", value: `${plural(swap.times, "time")}, counted once` },
        ...swap.joins.map(
          (join): Row => ({
            label: "Joined to",
            value: [join.to, `${join.rule}, ${likelihood(join.likelihood)}: ${cut(join.says, 300)}`],
          }),
        ),
      ],
      options,
    ),
    ...heading("Place", options),
    ...basis(
      c,
      { place: swap.place, how: "seen", says: "the record", excerpt: null },
      { ...options, number: 1 },
    ),
  ];
}
