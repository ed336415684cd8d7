import { ink, wrap } from "../../report/terminal.ts";
import { type ListedDetector, listDetectors } from "../../run/detectors.ts";
import { has } from "../parse.ts";
import type { Run } from "../run.ts";
import type { Terminal } from "../terminal.ts";

export const run: Run = async (parsed, terminal) => {
  const detectors = listDetectors();
  if (has(parsed, "json")) await terminal.out(`${JSON.stringify(detectors, null, 2)}\n`);
  else await terminal.out(`${detectors.flatMap((detector) => describe(detector, terminal)).join("\n")}\n`);
  return 0;
};

function describe(detector: ListedDetector, { color, columns }: Terminal): string[] {
  const { id, title, attack, blindTo, limits } = detector;
  const pen = ink(color);
  const indented = (text: string, indent: string): string[] =>
    wrap(text, columns - indent.length - 1).map((line) => indent + line);
  return [
    `${pen.bold(id)}  ${title}${attack.length === 0 ? "" : `  ${pen.dim(attack.join(", "))}`}`,
    ...indented(`Blind to ${blindTo}.`, "  "),
    ...limits.flatMap(({ name, value, unit, why }) => [
      `  --set ${name}=${value}  ${pen.dim(unit)}`,
      ...indented(why, "      "),
    ]),
    "",
  ];
}
