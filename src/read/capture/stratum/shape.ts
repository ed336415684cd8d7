import { detached } from "../../../bytes/text.ts";
import type { Field, MessageRow } from "../../../tables/dialects.ts";
import type { WireMessage } from "../wire.ts";

/** The longest text that is taken as hex: a block of 4 MB, its witness included. */
const MAX_HEX = 8_388_608;

type Test = (value: unknown) => boolean;

/** A path of the dialect table, ready to walk. */
interface Path {
  readonly steps: readonly string[];
  readonly http: boolean;
  readonly slice: readonly [number, number] | null;
  readonly turned: boolean;
  readonly hexNumber: boolean;
}

/** A row of the dialect table, ready to be held against messages. */
export interface Shape {
  readonly row: MessageRow;
  readonly needs: readonly (readonly [Path, readonly Test[]])[];
  readonly takes: ReadonlyMap<Field, readonly Path[]>;
}

/** What a row takes from a message: plain values, undefined where the message does not have them. */
export type Taken = (field: Field) => string | number | undefined;

const SUFFIX = /^([^[~$]*)(?:\[(\d+):(\d+)\])?(~)?(\$)?$/;

function parsePath(text: string): Path {
  const parts = SUFFIX.exec(text);
  if (parts === null) throw new TypeError(`Cannot read path "${text}": expected names, then [a:b], ~ and $`);
  const steps = (parts[1] ?? "").split(".");
  const http = steps[0] === "http";
  return {
    steps: http ? steps.slice(1) : steps,
    http,
    slice: parts[2] === undefined ? null : [Number(parts[2]), Number(parts[3])],
    turned: parts[4] !== undefined,
    hexNumber: parts[5] !== undefined,
  };
}

const TYPES: ReadonlyMap<string, Test> = new Map<string, Test>([
  ["string", (value) => typeof value === "string"],
  ["number", (value) => typeof value === "number"],
  ["bool", (value) => typeof value === "boolean"],
  ["array", Array.isArray],
  ["object", (value) => typeof value === "object" && value !== null && !Array.isArray(value)],
  ["null", (value) => value === null],
  ["absent", (value) => value === undefined],
]);

const HEX_FORMAT = /^(0x|\?x)?hex(?:(\d+)(\+)?)?$/;
const RANGE_FORMAT = /^(\d+)-(\d+)$/;

const HEX_DIGITS = /^(?:0x)?[0-9a-fA-F]*$/;

/** Whether a text is hex digits in either case, behind 0x or not. */
function isHex(text: string): boolean {
  return HEX_DIGITS.test(text);
}

function hexTest(prefix: string | undefined, least: number, most: number): Test {
  return (value) => {
    if (typeof value !== "string" || value.length > MAX_HEX) return false;
    const prefixed = value.startsWith("0x");
    if (prefix === undefined ? prefixed : prefix === "0x" && !prefixed) return false;
    const at = prefixed ? 2 : 0;
    const digits = value.length - at;
    return digits >= least && digits <= most && isHex(value);
  };
}

function parseFormat(text: string): Test {
  const type = TYPES.get(text);
  if (type !== undefined) return type;
  if (text.startsWith("=")) return (value) => value === text.slice(1);
  const range = RANGE_FORMAT.exec(text);
  if (range !== null) {
    const [low, high] = [Number(range[1]), Number(range[2])];
    return (value) => typeof value === "number" && value >= low && value <= high;
  }
  const hex = HEX_FORMAT.exec(text);
  if (hex === null)
    throw new TypeError(`Cannot read format "${text}": expected one that dialect-row.ts lists`);
  const least = hex[2] === undefined ? 1 : Number(hex[2]);
  return hexTest(hex[1], least, hex[2] === undefined || hex[3] === "+" ? MAX_HEX : least);
}

/** Readies a row of the table. Throws TypeError for a path or format that the table's language does not have.
 */
export function compileShape(row: MessageRow): Shape {
  const needs = Object.entries(row.needs).map(
    ([path, formats]) => [parsePath(path), formats.split("|").map(parseFormat)] as const,
  );
  const takes = new Map<Field, readonly Path[]>();
  for (const [field, paths] of Object.entries(row.takes ?? {})) {
    takes.set(field as Field, paths.split(" ").map(parsePath));
  }
  return { row, needs, takes };
}

function step(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return name === "#" ? value.length : value[Number(name)];
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** Bytes of a hex string in reverse order; an odd digit at the end is dropped. */
export function turnBytes(hex: string): string {
  let out = "";
  for (let i = hex.length - (hex.length % 2) - 2; i >= 0; i -= 2) out += hex.slice(i, i + 2);
  return out;
}

function walk(message: WireMessage, path: Path): unknown {
  let value: unknown = path.http ? message.http : message.json;
  for (const name of path.steps) value = step(value, name);
  if (typeof value !== "string") return value;
  if (path.slice !== null) value = value.slice(path.slice[0], path.slice[1]);
  if (path.turned && typeof value === "string") value = turnBytes(value);
  if (!path.hexNumber || typeof value !== "string") return value;
  const digits = value.startsWith("0x") ? value.slice(2) : value;
  return digits.length > 0 && digits.length <= 64 && isHex(digits) ? Number.parseInt(digits, 16) : undefined;
}

/** Whether a message has everything that the row needs. */
export function fits(shape: Shape, message: WireMessage): boolean {
  return shape.needs.every(([path, tests]) => {
    const value = walk(message, path);
    return tests.some((test) => test(value));
  });
}

/** The longest value that is taken as it is: a wallet with everything pools hang on it is shorter. What is
 *  longer is cut, so that evidence cannot fill memory through names. Blobs and coinbases are read from
 *  their start. */
const MAX_TAKEN = 1024;

function plain(value: unknown): string | number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  return typeof value === "string" ? detached(value, MAX_TAKEN) : undefined;
}

/** Reads the fields that a row names from a message that fits it. */
export function taker(shape: Shape, message: WireMessage): Taken {
  return (field) => {
    const paths = shape.takes.get(field);
    if (paths === undefined) return undefined;
    const values = paths.map((path) => plain(walk(message, path))).filter((value) => value !== undefined);
    return values.length > 1 ? values.join(".") : values[0];
  };
}
