import { PaydirtError } from "../../model/error.ts";
import { nearest } from "../../model/nearest.ts";
import { explain, explainable } from "../../report/explain.ts";
import { ink, wrap } from "../../report/terminal.ts";
import { visible } from "../../report/visible.ts";
import { openCase } from "../../store/index.ts";
import type { Run } from "../run.ts";

/** Ids of one kind that are listed; a case can have thousands of sessions. */
const MOST_LISTED = 50;

export const run: Run = async (parsed, terminal) => {
  const [path = "", asked] = parsed.arguments;
  const opened = await openCase(path);
  const known = explainable(opened.case);
  const ids = known.flatMap((kind) => kind.ids);
  const { color, columns: width } = terminal;
  if (asked === undefined) {
    const lines = known.flatMap(({ what, ids: all }) => {
      const more = all.length > MOST_LISTED ? [`and ${all.length - MOST_LISTED} more`] : [];
      const listed = [...all.slice(0, MOST_LISTED).map(visible), ...more].join(", ");
      return [ink(color).bold(what), ...wrap(listed, width - 3).map((line) => `  ${line}`)];
    });
    await terminal.out(
      `${[...lines, "", `paydirt explain ${visible(path)} ID explains one of them`].join("\n")}\n`,
    );
    return 0;
  }
  const id = inFull(asked, ids);
  const text = explain(opened.case, id, { color, width });
  if (text === null) {
    const near = nearest(id, ids);
    const hint = near === null ? `paydirt explain ${path} lists the ids` : `did you mean ${near}?`;
    throw new PaydirtError("bad-option", `Cannot explain ${id}: ${opened.folder} has no such id; ${hint}`);
  }
  await terminal.out(text);
  return 0;
};

/** The id behind the short form that reports print of long ones ("49K2y8…PpTB"), when only one fits. */
function inFull(asked: string, ids: readonly string[]): string {
  const [head = "", tail] = asked.split("…");
  if (tail === undefined || head === "") return asked;
  const [fits = asked, another] = ids.filter((id) => id.startsWith(head) && id.endsWith(tail));
  return another === undefined ? fits : asked;
}
