import { PaydirtError } from "../../../model/error.ts";
import { isObject } from "../../json.ts";
import { eachItem, type JsonItem } from "../json-items.ts";
import { type ListedFile, readListed } from "../listed-file.ts";
import type { ChainContext, ChainScheme } from "../source.ts";
import { SliceContents } from "./contents.ts";
import { sliceLookup } from "./lookup.ts";
import { isPaymentsHeader, readPaymentsCsv } from "./payments-csv.ts";
import { isRansomwhere, takeRansomwhere } from "./ransomwhere.ts";
import { ANSWER_LISTS, takeAnswer } from "./saved-answers.ts";
import { settle } from "./settled.ts";

/** A part of a chain in one file, JSON or CSV, compressed or not.
 *
 *  Errors of `open`: `PaydirtError` "bad-source" for a file that cannot be read, is none of the forms, holds
 *  no transaction at all, or more than memory is meant for; what else is wrong in it is a gap.
 */
export const SLICE: ChainScheme = {
  id: "slice",
  title: "Part of a chain in a file: Esplora's objects, Ransomwhere's export, or CSV",
  takes: "FILE",
  async open(where, context) {
    const read = (file: ListedFile): Promise<SliceContents> => readSlice(file, context);
    const contents = await readListed({ path: where, kind: "slice" }, context, read);
    const slice = settle(contents, context);
    if (slice.transactions.size === 0) {
      const { name } = contents.file;
      throw new PaydirtError("bad-source", `Cannot use ${name}: no transaction and no payment is in it`);
    }
    return sliceLookup(slice);
  },
};

async function readSlice(file: ListedFile, context: ChainContext): Promise<SliceContents> {
  const contents = new SliceContents(file, context);
  const head = Buffer.from(file.head)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  if (/^\s{0,1000}[[{]/.test(head)) await readJson(contents, context);
  else if (isPaymentsHeader(firstLine(head))) await readPaymentsCsv(contents, context);
  else {
    const says = `Cannot use ${file.name}: it is neither JSON nor CSV with txid, time, address and satoshi`;
    throw new PaydirtError("bad-source", says);
  }
  return contents;
}

/** The first line that is no comment. */
function firstLine(head: string): string {
  for (const line of head.split("\n", 1000)) {
    if (line.trim() !== "" && !line.startsWith("#")) return line.trim();
  }
  return "";
}

function readJson(contents: SliceContents, context: ChainContext): Promise<void> {
  const { file } = contents;
  const fault = (place: JsonItem["place"], says: string): void =>
    context.gap(place, "malformed-record", `Cannot read ${file.name} as JSON: ${says}`);
  return eachItem(file, {
    lists: ANSWER_LISTS,
    fault,
    take(item) {
      const value = parsed(item.bytes);
      if (value === undefined) fault(item.place, "a value is none");
      else {
        if (item.lacksComma) fault(item.place, "the comma before a value is missing");
        if (isObject(value) && isRansomwhere(value)) takeRansomwhere(value, item, contents);
        else takeAnswer(value, item, contents);
      }
    },
  });
}

/** The value of JSON that bytes are; undefined where they are none. */
function parsed(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
