import { PaydirtError } from "../../model/error.ts";
import { isShell, SHELLS } from "../completion.ts";
import type { Run } from "../run.ts";

export const run: Run = async (parsed, terminal) => {
  const shell = parsed.arguments[0] ?? "";
  if (!isShell(shell)) {
    const known = Object.keys(SHELLS).join(", ");
    throw new PaydirtError(
      "bad-option",
      `Cannot complete for the shell ${JSON.stringify(shell)}: known are ${known}`,
    );
  }
  await terminal.out(SHELLS[shell]());
  return 0;
};
