import { DIALECTS, type DialectRow } from "../../../tables/dialects.ts";
import type { Opened, Side, WireMessage } from "../wire.ts";
import { compileShape, fits, type Shape, type Taken, taker } from "./shape.ts";

interface Candidate {
  readonly dialect: DialectRow;
  readonly shape: Shape;
}

export interface Match {
  readonly dialect: DialectRow;
  readonly row: Shape["row"];
  readonly taken: Taken;
}

/** Calls by method, typed messages by type, answers:
 *  each with the rows that could explain it, in table order. */
const CANDIDATES: ReadonlyMap<string, readonly Candidate[]> = index();

function index(): Map<string, Candidate[]> {
  const byKey = new Map<string, Candidate[]>();
  for (const dialect of DIALECTS) {
    for (const row of dialect.messages) {
      const key =
        row.method !== undefined ? `call ${row.method}` : row.type !== undefined ? `type ${row.type}` : "";
      const list = byKey.get(key) ?? [];
      list.push({ dialect, shape: compileShape(row) });
      byKey.set(key, list);
    }
  }
  return byKey;
}

/** The key of a message: its method or type, "" for an answer, null for what is none of these. */
function keyOf(json: unknown): string | null {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return null;
  const { method, type, result, error } = json as Record<string, unknown>;
  if (typeof method === "string") return `call ${method}`;
  if (result !== undefined || error !== undefined) return "";
  return typeof type === "string" ? `type ${type}` : null;
}

/** Whether a message calls something, so that an answer may follow. */
export function isCall(json: unknown): boolean {
  return keyOf(json)?.startsWith("call ") ?? false;
}

/** Whether a message answers a call. */
export function isAnswer(json: unknown): boolean {
  return keyOf(json) === "";
}

/** Holds messages against the dialect table and narrows down which dialects a conversation can be in.
 *
 *  Shape: all dialects of the transport are possible at first. A message that proves its dialect leaves
 *  only that one; a message that proves mining leaves those that have it. Once a dialect is proven nothing
 *  changes it. `client` is the side that mines: side 0 if the handshake was seen, else the sender of the
 *  first proof says.
 */
export class Matcher {
  readonly #carried: readonly DialectRow[];
  #possible: readonly DialectRow[];
  #client: Side | null;
  #mining = false;
  #settled = false;

  constructor(opened: Opened) {
    this.#carried = DIALECTS.filter(
      (dialect) => dialect.messages.length > 0 && dialect.transports.includes(opened.transport),
    );
    this.#possible = this.#carried;
    this.#client = opened.sawHandshake ? 0 : null;
  }

  get mining(): boolean {
    return this.#mining;
  }

  get client(): Side | null {
    return this.#client;
  }

  /** The dialect as far as is known: the last that is possible, which is the most general. */
  get dialect(): DialectRow | null {
    return this.#mining ? (this.#possible.at(-1) ?? null) : null;
  }

  /** Explains a message, or null. What it proves is kept. */
  match(message: WireMessage): Match | null {
    const key = keyOf(message.json);
    if (key === null) return null;
    const allowed = this.#settled ? this.#possible : this.#carried;
    const fitting = (CANDIDATES.get(key) ?? []).filter(
      (candidate) =>
        allowed.includes(candidate.dialect) &&
        this.#senderFits(candidate, message.side) &&
        fits(candidate.shape, message),
    );
    const chosen = this.#choose(fitting);
    if (chosen === null) return null;
    const { row } = chosen.shape;
    if (row.proof !== "none") this.#prove(chosen, fitting, message.side);
    return { dialect: chosen.dialect, row, taken: taker(chosen.shape, message) };
  }

  /** Takes a match that its row leaves open as proof,
   *  because of what the message says (a checked wallet, a miner). */
  proveBy(match: Match, side: Side): void {
    this.#possible = [match.dialect];
    this.#settle(match.row.from, side);
  }

  #senderFits({ shape }: Candidate, side: Side): boolean {
    return this.#client === null || (shape.row.from === "client") === (side === this.#client);
  }

  /** One that proves its dialect, else the most general of those that are still possible. */
  #choose(fitting: readonly Candidate[]): Candidate | null {
    const proving = fitting.find(({ shape }) => shape.row.proof === "dialect");
    if (proving !== undefined) return proving;
    const possible = fitting.filter(({ dialect }) => this.#possible.includes(dialect));
    const last = possible.at(-1);
    return possible.find(({ dialect }) => dialect === last?.dialect) ?? null;
  }

  #prove(chosen: Candidate, fitting: readonly Candidate[], side: Side): void {
    if (chosen.shape.row.proof === "dialect") this.#possible = [chosen.dialect];
    else {
      const explain = new Set(fitting.map(({ dialect }) => dialect));
      this.#possible = this.#possible.filter((dialect) => explain.has(dialect));
    }
    this.#settle(chosen.shape.row.from, side);
  }

  #settle(from: "client" | "server", side: Side): void {
    this.#mining = true;
    this.#settled = this.#possible.length === 1;
    this.#client ??= from === "client" ? side : side === 0 ? 1 : 0;
  }
}
