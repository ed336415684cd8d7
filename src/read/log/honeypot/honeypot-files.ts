import type { HostFact } from "../../../model/host-fact.ts";
import { type JsonObject, textOf } from "../../json.ts";
import type { Desk } from "../../reader.ts";

/** Files that are told apart in one log. */
const MAX_FILES = 10_000;
/** Cowrie keeps what was fetched under its hash. */
const HASH = /(?:^|\/)([0-9a-f]{64})$/;

/** What visitors fetched or brought along: each file once a sensor, by its hash. */
export class HoneypotFiles {
  readonly #known = new Set<string>();

  /** @param file as Cowrie tells of it: `shasum`, `outfile`, and `url` or `filename` */
  take(file: JsonObject, fact: HostFact, desk: Desk): void {
    const outfile = textOf(file["outfile"]);
    const sha256 = HASH.exec(textOf(file["shasum"]) ?? "")?.[1] ?? HASH.exec(outfile ?? "")?.[1];
    if (sha256 === undefined) return;
    const key = `${fact.hostname} ${sha256}`;
    if (this.#known.has(key) || this.#known.size >= MAX_FILES) return;
    this.#known.add(key);
    const path = textOf(file["url"]) ?? textOf(file["filename"]) ?? outfile ?? sha256;
    const unknown = {
      bytes: null,
      mode: null,
      modifiedMicros: null,
      accessedMicros: null,
      changedMicros: null,
    };
    desk.record({ ...fact, kind: "file", path, notable: "honeypot-download", ...unknown, sha256 });
  }
}
