import { PaydirtError } from "../../model/error.ts";
import { renderValue } from "../../report/value.ts";
import { marketOf } from "../../run/market.ts";
import { type ValueOptions, value } from "../../run/value.ts";
import { hashrateOf, percentOf } from "../kinds.ts";
import { has, type Parsed, textOf } from "../parse.ts";
import type { Run } from "../run.ts";

export const run: Run = async (parsed, terminal) => {
  const options = optionsOf(parsed);
  const result = value(options, marketOf(textOf(parsed, "data")));
  await terminal.out(has(parsed, "json") ? `${JSON.stringify(result, null, 2)}\n` : renderValue(result));
  return 0;
};

function optionsOf(parsed: Parsed): ValueOptions {
  const coin = textOf(parsed, "coin");
  if (coin === null) throw new PaydirtError("bad-option", "value needs a coin: --coin TICKER");
  const rate = textOf(parsed, "hashrate");
  return {
    coin: coin.toLowerCase(),
    amount: textOf(parsed, "amount"),
    hashrateHps: rate === null ? null : hashrateOf(rate),
    ...spanOf(parsed),
    asOf: textOf(parsed, "as-of"),
    poolFee: percentOf(textOf(parsed, "pool-fee") ?? "0") ?? 0,
  };
}

/** The first and last day: those of --from and --to, or --date for both. */
function spanOf(parsed: Parsed): Pick<ValueOptions, "from" | "to"> {
  const [date, from, to] = [textOf(parsed, "date"), textOf(parsed, "from"), textOf(parsed, "to")];
  if (date === null) return { from, to };
  if (from === null && to === null) return { from: date, to: date };
  throw new PaydirtError("bad-option", "value takes either --date, or --from and --to");
}
