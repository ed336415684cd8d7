import { minerOfFile } from "../../../tables/miners.ts";
import type { Desk, Source } from "../../reader.ts";
import { factAt, type TextLine } from "../../text.ts";
import type { MinerSettings } from "./config-tree.ts";

/** Settings that were read from a text. */
export interface FoundSettings {
  readonly source: Source;
  readonly desk: Desk;
  readonly text: string;
  readonly settings: MinerSettings;
}

/** Lays down a miner's settings; their place is the line of the first pool, their time that of the file. */
export function layConfig({ source, desk, text, settings }: FoundSettings): void {
  const { pools, logFile } = settings;
  const software = settings.software ?? minerOfFile(fileName(source.path))?.id ?? null;
  const needle = pools[0]?.url.replace(/^[a-z0-9+]{2,20}:\/\//i, "").replace(/:\d{1,5}$/, "") ?? "";
  const line = lineOf(text, Math.max(0, text.indexOf(needle)));
  const fact = factAt(source, line, { atMicros: source.modifiedMicros });
  desk.record({ ...fact, kind: "miner-config", software, path: source.path, pools, logFile });
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).toLowerCase();
}

/** The line that holds the character at an index of the whole text. */
export function lineOf(text: string, index: number): TextLine {
  const from = index === 0 ? 0 : text.lastIndexOf("\n", index - 1) + 1;
  const stop = text.indexOf("\n", index);
  const line = text.slice(from, stop === -1 ? text.length : stop).replace(/\r$/, "");
  const before = text.slice(0, from);
  return {
    text: line,
    atByte: Buffer.byteLength(before),
    byteLength: Buffer.byteLength(line),
    number: before.split("\n").length,
  };
}
