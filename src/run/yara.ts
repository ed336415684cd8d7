import { basename, dirname, resolve } from "node:path";
import type { Case } from "../model/case.ts";
import { bytesAt } from "../model/place.ts";
import type { Item } from "../read/reader.ts";
import type { Tap } from "../read/source/tapped-window.ts";
import type { RunDesk } from "./desk.ts";
import { givenFile, refusedFile } from "./given-file.ts";

/** Bytes of one file that the rules are run over: a program or script is smaller, and an engine wants the
 *  whole in memory. */
const MAX_SCANNED = 64 << 20;
/** Largest file of rules: public collections stay below 20 MB. */
const MAX_RULES = 32 << 20;
/** Rules told of one file. */
const MOST_RULES = 200;
const MAX_EXCERPT = 200;

type Engine = typeof import("@litko/yara-x");
type Rules = ReturnType<Engine["compile"]>;

/** The user's YARA rules, compiled. */
export class YaraRules {
  readonly #rules: readonly Rules[];

  /** The files themselves, as the case lists them. */
  readonly tables: Case["tables"];

  constructor(rules: readonly Rules[], tables: Case["tables"]) {
    this.#rules = rules;
    this.tables = tables;
  }

  /** Looks at one file's bytes as they pass. */
  tap(piece: Item & { readonly id: string; readonly name: string }, desk: RunDesk): YaraTap {
    return new YaraTap(this.#rules, piece, desk);
  }
}

/** Loads an engine and compiles the files of `--yara`; null when there are none.
 *
 *  Errors: `PaydirtError` "bad-option" when no engine is installed, or a file cannot be read or compiled.
 *  Source: YARA-X by VirusTotal, in the package @litko/yara-x (MIT), whose binaries come with it.
 */
export async function loadYara(paths: readonly string[]): Promise<YaraRules | null> {
  const [first] = paths;
  if (first === undefined) return null;
  const engine = await engineFor(first);
  const rules: Rules[] = [];
  const tables: Case["tables"][number][] = [];
  for (const path of paths) {
    const { text, sha256 } = await givenFile({ flag: "--yara", path, most: MAX_RULES });
    rules.push(compiled(engine, { path, text }));
    tables.push({ name: basename(path), sha256, source: "--yara: rules run over the evidence" });
  }
  return new YaraRules(rules, tables);
}

async function engineFor(path: string): Promise<Engine> {
  try {
    return await import("@litko/yara-x");
  } catch (error) {
    throw refusedFile(
      { flag: "--yara", path },
      "no YARA engine is installed; npm install @litko/yara-x brings one for Linux (x64, glibc) and macOS",
      error,
    );
  }
}

function compiled(engine: Engine, { path, text }: { readonly path: string; readonly text: string }): Rules {
  try {
    const includeDirectories = [dirname(resolve(path))];
    const rules = engine.compile(text, { includeDirectories, enableIncludes: true, relaxedReSyntax: true });
    rules.setMaxMatchesPerPattern(1);
    return rules;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refusedFile({ flag: "--yara", path }, reason.replace(/\s+/g, " ").slice(0, 300), error);
  }
}

/** Keeps the bytes of one file up to the bound, and runs the rules over them at its end. */
class YaraTap implements Tap {
  readonly #rules: readonly Rules[];
  readonly #piece: Item & { readonly id: string; readonly name: string };
  readonly #desk: RunDesk;
  #parts: Buffer[] = [];
  #bytes = 0;
  #isCut = false;

  constructor(
    rules: readonly Rules[],
    piece: Item & { readonly id: string; readonly name: string },
    desk: RunDesk,
  ) {
    this.#rules = rules;
    this.#piece = piece;
    this.#desk = desk;
  }

  push(bytes: Uint8Array, { at, end }: { readonly at: number; readonly end: number }): void {
    const take = Math.min(end - at, MAX_SCANNED - this.#bytes);
    if (take > 0) this.#parts.push(Buffer.from(bytes.subarray(at, at + take)));
    this.#bytes += Math.max(0, take);
    if (take < end - at) this.#isCut = true;
  }

  /** Lays down what matched. */
  finish(): void {
    const { id, name } = this.#piece;
    const data = Buffer.concat(this.#parts);
    this.#parts = [];
    if (this.#isCut) {
      const says = `YARA rules were run over the first ${MAX_SCANNED} bytes of ${name} only`;
      this.#desk.gap(bytesAt(id, MAX_SCANNED, 0), "dropped-details", says);
    }
    for (const rules of this.#rules) this.#scan(rules, data);
  }

  #scan(rules: Rules, data: Buffer): void {
    const { id, name, path, host } = this.#piece;
    try {
      for (const { ruleIdentifier, matches } of rules.scan(data).slice(0, MOST_RULES)) {
        const [first] = [...matches].sort((a, b) => a.offset - b.offset);
        const { offset = 0, length = 0 } = first ?? {};
        this.#desk.record({
          kind: "yara",
          host,
          hostname: null,
          atMicros: null,
          atHow: null,
          clock: "utc",
          place: bytesAt(id, offset, length),
          excerpt: data.subarray(offset, offset + Math.min(length, MAX_EXCERPT)).toString("latin1"),
          rule: ruleIdentifier,
          path,
        });
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#desk.gap(bytesAt(id, 0, 0), "unreadable", `Cannot run YARA rules over ${name}: ${reason}`);
    }
  }
}
