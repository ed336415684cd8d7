import { PaydirtError } from "../../model/error.ts";
import { importMarket } from "../../run/market.ts";
import type { Run } from "../main.ts";
import { has, textOf } from "../parse.ts";

export const run: Run = async (parsed, terminal) => {
  const [action, file = ""] = parsed.arguments;
  if (action !== "import") {
    throw new PaydirtError("bad-option", `market knows no ${action}; usage: paydirt market import FILE`);
  }
  const coin = textOf(parsed, "coin");
  if (coin === null) throw new PaydirtError("bad-option", "market import needs a coin: --coin TICKER");
  const { path, days, first, last } = await importMarket({
    file,
    coin: coin.toLowerCase(),
    replace: has(parsed, "replace"),
    dataFolder: textOf(parsed, "data"),
  });
  await terminal.out(`${days} days from ${first} to ${last} of ${coin.toLowerCase()} are now in ${path}\n`);
  return 0;
};
