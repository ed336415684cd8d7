import { PaydirtError } from "../../model/error.ts";
import { nearest } from "../../model/nearest.ts";
import { COMMAND_NAMES, isCommand } from "../commands.ts";
import { commandHelp, programHelp } from "../help.ts";
import type { Run } from "../run.ts";

export const run: Run = async (parsed, terminal) => {
  const about = parsed.arguments[0];
  if (about !== undefined && !isCommand(about)) {
    const near = nearest(about, COMMAND_NAMES);
    const hint = near === null ? `commands are ${COMMAND_NAMES.join(", ")}` : `did you mean ${near}?`;
    throw new PaydirtError("bad-option", `${about} is not a command; ${hint}`);
  }
  await terminal.out(about === undefined ? programHelp() : commandHelp(about, false));
  return 0;
};
