import { join } from "node:path";
import type { SourceTag } from "../../../model/chain.ts";
import { packageRoot } from "../../../tables/package-root.ts";
import { RANSOM_ADDRESSES_SOURCE } from "../../../tables/ransom-addresses.ts";
import type { ChainContext } from "../source.ts";
import { readTags } from "./index.ts";

const LIST = "data/ransom/addresses.tsv";

/** The tags that come with Paydirt: addresses that families of ransomware named, up to 2017.
 *
 *  Errors: as `readTags`, which means a broken installation.
 */
export async function readShippedTags(context: ChainContext): Promise<readonly SourceTag[]> {
  const { tags } = await readTags(join(packageRoot(), LIST), context);
  return tags.map((tag) => ({ ...tag, abuse: "ransomware", source: RANSOM_ADDRESSES_SOURCE, list: LIST }));
}
