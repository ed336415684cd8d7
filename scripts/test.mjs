// Runs the compiled tests: `npm test`, or `npm test -- layers pcap` for files whose path holds one of the words.
// `node --test` takes folders but no globs on Node 20, and globs but no folders on Node 22; `run({ files })` serves both.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { run } from "node:test";
import { spec } from "node:test/reporters";

process.chdir(new URL("..", import.meta.url).pathname);

const sources = ["src", "test", "scripts", "bench", "examples"]
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`))
  .filter((path) => path.endsWith(".ts") && !path.includes("node_modules"));

const built = statSync("dist/src/cli/main.js", { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (["tsconfig.json", ...sources].some((path) => statSync(path).mtimeMs > built)) {
  const { status } = spawnSync("npm", ["run", "build"], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

const words = process.argv.slice(2);
const files = sources
  .filter((path) => path.endsWith(".test.ts"))
  .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))
  .map((path) => `dist/${path.slice(0, -".ts".length)}.js`)
  .sort();
if (files.length === 0) {
  console.error(`No test file's path holds any of: ${words.join(", ")}`);
  process.exit(1);
}

run({ files, concurrency: 2 })
  .on("test:fail", () => {
    process.exitCode = 1;
  })
  .compose(new spec())
  .pipe(process.stdout);
