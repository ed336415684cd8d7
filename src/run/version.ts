import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../tables/package-root.ts";

function versionOf(text: string): string {
  const { version } = JSON.parse(text);
  return String(version);
}

/** The package's own version. */
export const VERSION: string = versionOf(readFileSync(join(packageRoot(), "package.json"), "utf8"));
