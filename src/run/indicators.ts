import { basename } from "node:path";
import type { Case } from "../model/case.ts";
import type { Indicator } from "../model/indicator.ts";
import { parseIndicators } from "../read/indicators/index.ts";
import { plural } from "../report/numbers.ts";
import { givenFile, refusedFile } from "./given-file.ts";

/** Largest file of indicators: MISP's and Maltrail's whole feeds stay below. */
const MAX_BYTES = 64 << 20;
/** Indicators of all files together. */
const MAX_INDICATORS = 2_000_000;

export interface LoadedIndicators {
  readonly indicators: readonly Indicator[];
  /** The files themselves, as the case lists them. */
  readonly tables: Case["tables"];
}

/** What the user asks to look for, from the files of `--ioc`.
 *
 *  Errors: `PaydirtError` "bad-option" with the file and the reason, for a file that cannot be read, is too
 *  large, or holds no indicators.
 */
export async function loadIndicators(paths: readonly string[]): Promise<LoadedIndicators> {
  const all: Indicator[] = [];
  const tables: Case["tables"][number][] = [];
  for (const path of paths) {
    const { text, sha256 } = await givenFile({ flag: "--ioc", path, most: MAX_BYTES });
    const file = parseIndicators(text, basename(path));
    if (typeof file === "string") throw refusedFile({ flag: "--ioc", path }, file);
    if (all.length + file.indicators.length > MAX_INDICATORS) {
      throw refusedFile(
        { flag: "--ioc", path },
        `${all.length + file.indicators.length} indicators are more than ${MAX_INDICATORS}`,
      );
    }
    for (const one of file.indicators) all.push(one);
    const source = `--ioc: ${plural(file.indicators.length, "indicator")} looked for`;
    tables.push({ name: basename(path), sha256, source });
  }
  return { indicators: all, tables };
}
