import type { Case } from "../model/case.ts";
import type { Revenue } from "../model/follow-case.ts";
import { revenueRow } from "./follow-rows.ts";
import * as say from "./numbers.ts";
import { type Row, rows, type TerminalOptions } from "./terminal.ts";
import { basis, heading } from "./trail.ts";
import { cut } from "./visible.ts";

/** Addresses that are printed; case.json has them all. */
const MOST_LISTED = 40;

/** A revenue with what it counts and what it leaves out. */
export function explainRevenue(c: Case, revenue: Revenue, options: TerminalOptions): string[] {
  const counts = revenue.counts.map(
    ({ id, says, sats, transactions, outputs }): Row => ({
      label: id,
      value: [
        say.exactCoins(sats, "btc"),
        say.plural(transactions, "transaction"),
        say.plural(outputs, "output"),
        cut(says, 200),
      ].join(", "),
    }),
  );
  const left = revenue.byAddress.length - MOST_LISTED;
  return [
    ...heading(`${revenue.id}  What came in: ${cut(revenue.about, 200)}`, options),
    "",
    ...rows([revenueRow(revenue), ...counts], options),
    ...heading("Addresses", options),
    "",
    ...rows(
      revenue.byAddress.slice(0, MOST_LISTED).map(({ address, sats, outputs }) => ({
        label: "",
        value: `${address}: ${say.exactCoins(sats, "btc")}, ${say.plural(outputs, "output")}`,
      })),
      options,
    ),
    ...(left > 0 ? ["", `  ${say.plural(left, "more address", "more addresses")} in case.json`] : []),
    ...revenue.cautions.flatMap(({ says, place }, at) =>
      place === null
        ? ["", ...rows([{ label: "Doubt", value: says }], options)]
        : basis(c, { place, how: "", says: `doubt: ${says}`, excerpt: null }, { ...options, number: at + 1 }),
    ),
  ];
}
