import { bytes, plural } from "../../report/numbers.ts";
import { visible } from "../../report/visible.ts";
import { verify } from "../../run/verify.ts";
import type { Verification, VerifyResult } from "../../store/index.ts";
import { has } from "../parse.ts";
import { startProgress } from "../progress.ts";
import type { Run } from "../run.ts";
import type { Terminal } from "../terminal.ts";

/** How each result is printed: the SGR colour, and whether it keeps the case from being the same. */
const RESULTS: Readonly<Record<VerifyResult, { readonly color: number; readonly differs: boolean }>> = {
  same: { color: 32, differs: false },
  changed: { color: 31, differs: true },
  missing: { color: 31, differs: true },
  unreadable: { color: 31, differs: true },
  "not-hashed": { color: 33, differs: false },
};

export const run: Run = async (parsed, terminal) => {
  const isQuiet = has(parsed, "quiet");
  const progress =
    terminal.drawsProgress && !isQuiet ? startProgress(terminal.err, terminal.progressColumns) : null;
  const verification = await verify(parsed.arguments[0] ?? "", {
    signal: terminal.signal,
    onProgress:
      progress &&
      ((bytesDone, bytesTotal, file) => progress.show({ doing: "Hashing", bytesDone, bytesTotal, file })),
  }).finally(() => progress?.end());
  if (has(parsed, "json")) await terminal.out(`${JSON.stringify(verification, null, 2)}\n`);
  else if (!isQuiet) await terminal.out(table(verification, terminal));
  return verification.items.some(({ result }) => RESULTS[result].differs) ? 1 : 0;
};

function table(verification: Verification, terminal: Terminal): string {
  const { folder, items, manifestSha256, hashedBytes, withoutHash } = verification;
  const lines = items.map(({ of, name, result, says }) => {
    const word = result.padEnd(10);
    const colored = terminal.color ? `\u001b[${RESULTS[result].color}m${word}\u001b[0m` : word;
    return `${colored}  ${of.padEnd(8)}  ${visible(name)}${says === null ? "" : `: ${says}`}`;
  });
  const different = items.filter(({ result }) => RESULTS[result].differs).length;
  const unhashed = items.filter(({ result }) => result === "not-hashed").length;
  const verdict =
    different > 0
      ? `${different} of ${items.length} files ${different === 1 ? "differs" : "differ"} from the manifest`
      : unhashed > 0
        ? `Nothing differs, but ${unhashed} of ${items.length} files have no hash to compare with`
        : `All ${items.length} files are the same as when the case was made (${bytes(hashedBytes)} hashed)`;
  const unlisted = withoutHash.map(({ kind, pieces }) => {
    const has = pieces === 1 ? "has" : "have";
    return `${plural(pieces, "piece")} of evidence (${kind}) ${has} no hash to compare with`;
  });
  const own = `${manifestSha256}  ${visible(folder)}/manifest.json`;
  return [
    ...lines,
    "",
    verdict,
    ...unlisted,
    `SHA-256 of the manifest itself, to compare with your notes:`,
    own,
    "",
  ].join("\n");
}
