import { PaydirtError } from "../../model/error.ts";
import { renderValue } from "../../report/value.ts";
import { type ValueOptions, value } from "../../run/value.ts";
import { hashrateOf, percentOf } from "../kinds.ts";
import type { Run } from "../main.ts";
import { has, type Parsed, textOf } from "../parse.ts";

export const run: Run = async (parsed, terminal) => {
  const answer = await value(optionsOf(parsed));
  const { color, columns: width } = terminal;
  const text = has(parsed, "json")
    ? `${JSON.stringify(answer, null, 2)}\n`
    : renderValue(answer, { color, width });
  await terminal.out(text);
  return 0;
};

function optionsOf(parsed: Parsed): ValueOptions {
  const coin = textOf(parsed, "coin");
  if (coin === null) throw new PaydirtError("bad-option", "value needs a coin: --coin TICKER");
  const [amount, rate] = [textOf(parsed, "amount"), textOf(parsed, "hashrate")];
  if ((amount === null) === (rate === null)) {
    throw new PaydirtError("bad-option", "value needs either --amount COINS or --hashrate RATE");
  }
  return {
    coin: coin.toLowerCase(),
    amount,
    hashrateHps: rate === null ? null : hashrateOf(rate),
    ...spanOf(parsed),
    asOf: textOf(parsed, "as-of"),
    poolFee: percentOf(textOf(parsed, "pool-fee") ?? "0") ?? 0,
    dataFolder: textOf(parsed, "data"),
  };
}

/** The first and last day: those of --from and --to, or --date for both. */
function spanOf(parsed: Parsed): { readonly from: string; readonly to: string } {
  const [date, from, to] = [textOf(parsed, "date"), textOf(parsed, "from"), textOf(parsed, "to")];
  if (date !== null && (from !== null || to !== null)) {
    throw new PaydirtError("bad-option", "value takes either --date, or --from and --to");
  }
  if (date !== null) return { from: date, to: date };
  if (from === null || to === null) {
    throw new PaydirtError("bad-option", "value needs --date DATE, or --from DATE and --to DATE");
  }
  if (from > to) throw new PaydirtError("bad-option", `--from ${from} is after --to ${to}`);
  return { from, to };
}
