import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { PaydirtError } from "../model/error.ts";
import { reasonOf } from "../model/reason.ts";

/** A file that the user gives for a run to look things up in. */
export interface GivenFile {
  readonly text: string;
  readonly sha256: string;
}

interface Given {
  readonly flag: "--ioc" | "--yara";
  readonly path: string;
  /** Largest file, in bytes. */
  readonly most: number;
}

/** The whole file and its hash, by which a case says what was looked for.
 *
 *  Errors: `PaydirtError` "bad-option" with flag, file and reason, for one that is unreadable or too large.
 */
export async function givenFile({ flag, path, most }: Given): Promise<GivenFile> {
  try {
    const { size } = await stat(path);
    if (size > most) throw refusedFile({ flag, path }, `its ${size} bytes are more than ${most}`);
    const bytes = await readFile(path);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { text: bytes.toString("utf8"), sha256 };
  } catch (error) {
    throw error instanceof PaydirtError ? error : refusedFile({ flag, path }, reasonOf(error), error);
  }
}

/** The error of a given file that cannot be used. */
export function refusedFile(
  { flag, path }: Pick<Given, "flag" | "path">,
  reason: string,
  cause?: unknown,
): PaydirtError {
  return new PaydirtError("bad-option", `Cannot use ${flag} ${path}: ${reason}`, cause);
}
