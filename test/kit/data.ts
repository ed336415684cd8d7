import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout's root: the nearest folder above this file that holds package.json. */
export function checkoutRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const above = dirname(folder);
    if (above === folder) throw new Error("Cannot find the checkout: no package.json above this file");
    folder = above;
  }
  return folder;
}

/** A file or folder of the real corpora, which lie beside the checkout; null where they are missing. The test
 *  then says so: `t.skip("needs ../shared/data/…")`.
 */
export function dataPath(relative: string): string | null {
  const path = join(checkoutRoot(), "..", "shared", "data", relative);
  return existsSync(path) ? path : null;
}
