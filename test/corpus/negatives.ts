import { readdirSync } from "node:fs";
import { join } from "node:path";
import { investigated, minedThere } from "../kit/investigated.ts";

export interface Negative {
  readonly file: string;
  readonly mined: boolean;
  readonly packets: number;
  /** Summaries of every finding, mining or not. */
  readonly findings: readonly string[];
}

/** Captures in which nobody mines: all of these folders but nDPI's mining.pcapng. */
export function negativeFiles(pcapFolder: string, folders = ["ndpi", "benign-long"]): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(pcapFolder, folder)).map((name) => join(folder, name)))
    .filter((file) => !file.endsWith("mining.pcapng"))
    .sort();
}

export async function measureNegative(pcapFolder: string, file: string): Promise<Negative> {
  const found = (await investigated([join(pcapFolder, file)])).case;
  return {
    file,
    mined: minedThere(found),
    packets: found.evidence[0]?.packets ?? 0,
    findings: found.findings.map((finding) => `${finding.detector}: ${finding.summary}`),
  };
}
