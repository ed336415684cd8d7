import { PaydirtError } from "../../model/error.ts";
import { explain, explainable } from "../../report/explain.ts";
import { ink, wrap } from "../../report/terminal.ts";
import { visible } from "../../report/visible.ts";
import { openCase } from "../../store/index.ts";
import { nearest } from "../nearest.ts";
import type { Run } from "../run.ts";

/** Ids of one kind that are listed; a case can have thousands of sessions. */
const MOST_LISTED = 50;

export const run: Run = async (parsed, terminal) => {
  const [path = "", id] = parsed.arguments;
  const opened = await openCase(path);
  const known = explainable(opened.case);
  const { color, columns: width } = terminal;
  if (id === undefined) {
    const lines = known.flatMap(({ what, ids }) => {
      const more = ids.length > MOST_LISTED ? [`and ${ids.length - MOST_LISTED} more`] : [];
      const listed = [...ids.slice(0, MOST_LISTED).map(visible), ...more].join(", ");
      return [ink(color).bold(what), ...wrap(listed, width - 3).map((line) => `  ${line}`)];
    });
    await terminal.out(
      `${[...lines, "", `paydirt explain ${visible(path)} ID explains one of them`].join("\n")}\n`,
    );
    return 0;
  }
  const text = explain(opened.case, id, { color, width });
  if (text === null) {
    const near = nearest(
      id,
      known.flatMap(({ ids }) => ids),
    );
    const hint = near === null ? `paydirt explain ${path} lists the ids` : `did you mean ${near}?`;
    throw new PaydirtError("bad-option", `Cannot explain ${id}: ${opened.folder} has no such id; ${hint}`);
  }
  await terminal.out(text);
  return 0;
};
