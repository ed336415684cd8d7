import { PaydirtError } from "../../model/error.ts";
import { plural } from "../../report/numbers.ts";
import { visible } from "../../report/visible.ts";
import { importMarket } from "../../run/market.ts";
import { has, textOf } from "../parse.ts";
import type { Run } from "../run.ts";

export const run: Run = async (parsed, terminal) => {
  const [action = "", file = ""] = parsed.arguments;
  if (action !== "import") {
    throw new PaydirtError("bad-option", `market knows no ${action}; usage: paydirt market import FILE`);
  }
  const done = await importMarket({
    file,
    coin: textOf(parsed, "coin"),
    replace: has(parsed, "replace"),
    dataFolder: textOf(parsed, "data"),
  });
  const { coin, days, first, last, prices, difficulties, replaced, total, path, sha256 } = done;
  const lines = [
    `${coin}: ${plural(days, "day")} from ${first} to ${last}, ${plural(prices, "price")}, ` +
      `${plural(difficulties, "difficulty", "difficulties")}`,
    `${plural(replaced, "day")} replaced; your table has ${plural(total, "day")} now`,
    `${sha256}  ${visible(path)}`,
  ];
  await terminal.out(`${lines.join("\n")}\n`);
  return 0;
};
