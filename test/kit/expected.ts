import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

/** What a fixture's expect.json holds. With UPDATE=1 it is written first, when it is missing or says
 *  something else than `found`; a file that says the same keeps its layout. */
export function expected(path: string, found: unknown): unknown {
  const held: unknown = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
  if (process.env["UPDATE"] !== "1" || isDeepStrictEqual(held, found)) return held;
  writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`);
  return found;
}
