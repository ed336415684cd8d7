import type { Archive } from "./archive.ts";
import { tar } from "./tar.ts";
import { zip } from "./zip.ts";

/** Every format of archives, in match order. */
export const ARCHIVES: readonly Archive[] = [zip, tar];

export type { Archive, Member, OpenArchive } from "./archive.ts";
export { chunksOf } from "./archive.ts";
