import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The package's folder, where data/ lies: the nearest one above this file that holds package.json.
 *
 *  Errors: throws when there is none, which means a broken installation.
 */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const above = dirname(folder);
    if (above === folder) throw new Error("Cannot find the package: no package.json above this file");
    folder = above;
  }
  return folder;
}
