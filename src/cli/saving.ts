import type { Investigation } from "../run/investigate.ts";
import type { Terminal } from "./terminal.ts";

type Saver = typeof import("../run/save.ts");

/** Loads what writes the case while the evidence is read: where that is hashed, the wait hides it. */
export async function loadSaver(): Promise<Saver> {
  const saver = await import("../run/save.ts");
  await saver.prepareToSave();
  return saver;
}

export interface Saving {
  readonly saver: Promise<Saver>;
  readonly folder: string;
  readonly force: boolean;
  readonly started: Date;
}

/** Writes the case. Errors: those of `saveCase`; the reason of the signal when it fired. */
export async function save(
  found: Investigation,
  saving: Saving,
  { signal }: Terminal,
): Promise<{ readonly report: string }> {
  signal.throwIfAborted();
  const commandLine = ["paydirt", ...process.argv.slice(2)];
  const { saver, ...where } = saving;
  const { saveCase } = await saver;
  return saveCase(found, { ...where, commandLine, signal });
}
