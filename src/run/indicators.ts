import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { PaydirtError } from "../model/error.ts";
import type { Indicator } from "../model/indicator.ts";
import { parseIndicators } from "../read/indicators/index.ts";
import { reasonOf } from "../store/reason.ts";

/** Largest file of indicators: MISP's and Maltrail's whole feeds stay below. */
const MAX_BYTES = 64 << 20;
/** Indicators of all files together. */
const MAX_INDICATORS = 2_000_000;

/** What the user asks to look for, from the files of `--ioc`.
 *
 *  Errors: `PaydirtError` "bad-option" with the file and the reason, for a file that cannot be read, is too
 *  large, or holds no indicators.
 */
export async function loadIndicators(paths: readonly string[]): Promise<Indicator[]> {
  const all: Indicator[] = [];
  for (const path of paths) {
    const file = parseIndicators(await textOf(path), basename(path));
    if (typeof file === "string") throw refused(path, file);
    if (all.length + file.indicators.length > MAX_INDICATORS) {
      throw refused(
        path,
        `${all.length + file.indicators.length} indicators are more than ${MAX_INDICATORS}`,
      );
    }
    for (const one of file.indicators) all.push(one);
  }
  return all;
}

async function textOf(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw refused(path, `its ${size} bytes are more than ${MAX_BYTES}`);
    return await readFile(path, "utf8");
  } catch (error) {
    throw error instanceof PaydirtError ? error : refused(path, reasonOf(error), error);
  }
}

function refused(path: string, reason: string, cause?: unknown): PaydirtError {
  return new PaydirtError("bad-option", `Cannot use --ioc ${path}: ${reason}`, cause);
}
