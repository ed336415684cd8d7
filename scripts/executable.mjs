// tsc writes files that nobody may run, and npx sets the run bit only when it first links them: a rebuild would end
// in "Permission denied". The file's time says when the last build without errors ended; scripts/test.mjs asks for it.
import { chmodSync, utimesSync } from "node:fs";

const main = new URL("../dist/src/cli/main.js", import.meta.url);
const now = new Date();
chmodSync(main, 0o755);
utimesSync(main, now, now);
