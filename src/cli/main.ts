#!/usr/bin/env node
import { existsSync } from "node:fs";
import { PaydirtError } from "../model/error.ts";
import type { CommandName } from "./commands.ts";
import { type Asked, has, parse } from "./parse.ts";
import type { Run } from "./run.ts";
import { type Terminal, terminalOf } from "./terminal.ts";

/** Each command is loaded only when it runs, so that help and completions are immediate. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<{ readonly run: Run }>>> = {
  investigate: () => import("./commands/investigate.ts"),
  explain: () => import("./commands/explain.ts"),
  link: () => import("./commands/link.ts"),
  follow: () => import("./commands/follow.ts"),
  verify: () => import("./commands/verify.ts"),
  value: () => import("./commands/value.ts"),
  market: () => import("./commands/market.ts"),
  detectors: () => import("./commands/detectors.ts"),
  completion: () => import("./commands/completion.ts"),
  help: () => import("./commands/help.ts"),
  version: () => import("./commands/version.ts"),
};

const COULD_NOT = 2;
const INTERRUPTED = 130;

const stop = new AbortController();

async function main(words: readonly string[]): Promise<number> {
  const asked = parse(words, existsSync);
  const terminal = terminalOf(words.includes("--no-color"), stop.signal);
  if (asked.command === null) return answer(asked.wants, terminal);
  if (has(asked, "help")) {
    const { commandHelp } = await import("./help.ts");
    await terminal.out(commandHelp(asked.command, !words.includes("--help")));
    return 0;
  }
  const { run } = await COMMANDS[asked.command]();
  return run(asked, terminal);
}

async function answer(wants: (Asked & { command: null })["wants"], terminal: Terminal): Promise<number> {
  if (wants === "version") {
    const { VERSION } = await import("../run/version.ts");
    await terminal.out(`paydirt ${VERSION}\n`);
  } else {
    const { programHelp, shortHelp } = await import("./help.ts");
    await terminal.out(wants === "help" ? programHelp() : shortHelp());
  }
  return 0;
}

/** Tells in one line what went wrong and returns the exit status. Stack traces only with PAYDIRT_DEBUG=1. */
function fail(error: unknown, words: readonly string[]): number {
  const wantsTrace = process.env["PAYDIRT_DEBUG"] === "1" && error instanceof Error;
  if (stop.signal.aborted || (error instanceof PaydirtError && error.code === "interrupted")) {
    process.stderr.write("paydirt: interrupted; nothing half done is left\n");
    return INTERRUPTED;
  }
  if (error instanceof PaydirtError) {
    for (const line of error.message.split("\n")) process.stderr.write(`paydirt: ${plain(line)}\n`);
    if (error.code === "bad-option") process.stderr.write(`Try: paydirt ${helpFor(words)}\n`);
  } else {
    const says = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    process.stderr.write(`paydirt: unexpected error: ${plain(says)}\n`);
    process.stderr.write("This is a defect in Paydirt. Please report it with what PAYDIRT_DEBUG=1 prints.\n");
  }
  if (wantsTrace) process.stderr.write(`${error.stack}\n`);
  return COULD_NOT;
}

function helpFor(words: readonly string[]): string {
  const command = words.find((word) => Object.hasOwn(COMMANDS, word));
  return command === undefined ? "--help" : `${command} --help`;
}

/** Names of files can carry control characters; a terminal must not obey them. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "\u{fffd}");
}

/** Ctrl-C once: stop cleanly. Twice: at once. The same for a polite kill and a closed terminal. */
function onSignal(): void {
  if (stop.signal.aborted) process.exit(INTERRUPTED);
  stop.abort(new PaydirtError("interrupted", "Interrupted"));
}

/** `| head` closes standard output early; who reads no further has what they wanted. */
function onBrokenOutput(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0);
  process.exitCode = fail(
    new PaydirtError("cannot-write", `Cannot write to standard output: ${error.message}`, error),
    [],
  );
  process.exit();
}

const words = process.argv.slice(2);
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, onSignal);
process.stdout.on("error", onBrokenOutput);
process.stderr.on("error", () => {});
process.on("uncaughtException", (error) => process.exit(fail(error, words)));
process.exitCode = await main(words).catch((error: unknown) => fail(error, words));
