// Records of services that swap one coin for another: JSON as they answered, also where it was put together
// without commas, and CSV.

import { PaydirtError } from "../../model/error.ts";
import type { CaseSwap } from "../../model/follow-case.ts";
import type { Place } from "../../model/place.ts";
import { isObject } from "../json.ts";
import { csvHeader, eachRow } from "./csv-rows.ts";
import { eachItem } from "./json-items.ts";
import { type ListedFile, readListed } from "./listed-file.ts";
import type { ChainContext } from "./source.ts";
import { SWAP_COLUMNS, SWAP_NEEDS, type SwapFields, swapOf, swapOfFields } from "./swap-fields.ts";

/** A swap as its record tells it. */
export type SwapRecord = Omit<CaseSwap, "joins">;

const LISTS: ReadonlySet<string> = new Set(["shapeshift_transactions", "transactions", "swaps", "result"]);
const SHAPE = { columns: SWAP_COLUMNS, needs: SWAP_NEEDS };
const MAX_SWAPS = 200_000;
/** Numbers of JSON outside its texts; texts are matched whole, so that nothing in them is. */
const NUMBERS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** Reads records of swaps: ShapeShift's or Changelly's JSON, or CSV of one's own.
 *
 *  Shape: ids "w1", "w2" … in the order of the file, from `firstId` on; a record that is listed again counts
 *  once, with `times`, and has its first place. Amounts have the digits that stand in the file.
 *  Errors: `PaydirtError` "bad-source" for a file that cannot be read or holds no such records. A record that
 *  is none, and a comma that is missing, are gaps with their offset.
 */
export async function readSwaps(path: string, context: ChainContext, firstId = 1): Promise<SwapRecord[]> {
  const found = new FoundSwaps(firstId);
  await readListed({ path, kind: "swaps" }, context, async (file) => {
    const fault = (place: Place, says: string): void =>
      context.gap(place, "malformed-swap", `Cannot read a swap of ${file.name}: ${says}`);
    const take = (swap: SwapFields | string, place: Place): void => {
      if (typeof swap === "string") fault(place, swap);
      else if (!found.take(swap, place)) {
        const says = `${file.name} holds more than ${MAX_SWAPS} swaps`;
        context.gap(place, "dropped-details", says);
      }
    };
    const head = Buffer.from(file.head)
      .toString("utf8")
      .replace(/^\uFEFF/, "");
    if (/^\s{0,1000}[[{]/.test(head)) await readJson(file, { take, fault });
    else if (csvHeader(head.split("\n", 1)[0]?.trim() ?? "", SHAPE) !== null) {
      await eachRow(file, context, {
        ...SHAPE,
        fault,
        take: ({ cells, place }) =>
          take(
            swapOfFields((id) => cells.get(id) ?? null, null),
            place,
          ),
      });
    } else throw new PaydirtError("bad-source", `Cannot use ${file.name}: it holds no records of swaps`);
  });
  return found.all();
}

interface Taker {
  take(swap: SwapFields | string, place: Place): void;
  fault(place: Place, says: string): void;
}

async function readJson(file: ListedFile, { take, fault }: Taker): Promise<void> {
  await eachItem(file, {
    lists: LISTS,
    fault,
    take({ bytes, place, key, lacksComma }) {
      if (key !== null) return;
      if (lacksComma) fault(place, "the comma before it is missing; it is read all the same");
      const value = parsed(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
      if (!isObject(value)) fault(place, "it is no object");
      else
        take(
          swapOf((name) => textIn(value, name)),
          place,
        );
    },
  });
}

/** JSON whose numbers stay the texts that they are written as. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(NUMBERS, (found) => (found.startsWith('"') ? found : `"${found}"`)));
  } catch {
    return null;
  }
}

function textIn(value: Readonly<Record<string, unknown>>, name: string): string | null {
  const field = Object.hasOwn(value, name) ? value[name] : null;
  return typeof field === "string" && field !== "" ? field : null;
}

/** Each record once. */
class FoundSwaps {
  readonly #swaps = new Map<string, SwapRecord>();
  readonly #firstId: number;

  constructor(firstId: number) {
    this.#firstId = firstId;
  }

  /** False where there are too many. */
  take(swap: SwapFields, place: Place): boolean {
    const key = JSON.stringify(swap);
    const known = this.#swaps.get(key);
    if (known === undefined && this.#swaps.size >= MAX_SWAPS) return false;
    const id = `w${this.#firstId + this.#swaps.size}`;
    this.#swaps.set(key, known ? { ...known, times: known.times + 1 } : { id, ...swap, times: 1, place });
    return true;
  }

  all(): SwapRecord[] {
    return [...this.#swaps.values()];
  }
}
