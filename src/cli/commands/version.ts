import { VERSION } from "../../run/version.ts";
import type { Run } from "../run.ts";

export const run: Run = async (_parsed, terminal) => {
  await terminal.out(`paydirt ${VERSION}\n`);
  return 0;
};
