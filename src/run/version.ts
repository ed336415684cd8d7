import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../tables/package-root.ts";

/** The package's own version. */
export const VERSION: string = String(
  (JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as { version: unknown }).version,
);
