import { closeSync, openSync, readSync } from "node:fs";

const CHUNK_BYTES = 1 << 20;
const LINE_FEED = 0x0a;
/** No string of a line can hold this: its quotes would be escaped. */
const FOLLOWED = '"data_type": "paydirt:follow:';
const TIMESTAMP = /"timestamp": ?(\d{1,19})/;

/** The lines of an older timeline with new ones among them, in the order of time.
 *
 *  Shape: lines of the older one that stand among the new ones too are left out, and its lines on followed
 *  money: the new ones tell of every trace that the case still holds. The older one is read a
 *  chunk at a time: with a million shares it has 500 MB.
 *  Errors: whatever the system says when it cannot be read.
 */
export function* mergedTimeline(older: string, added: Iterable<string>): Generator<string> {
  const lines = [...added].flatMap((text) => text.split("\n")).filter((line) => line !== "");
  const isNew = new Set(lines);
  const waiting = lines.map((line) => ({ line, at: timeOf(line) })).sort((a, b) => a.at - b.at);
  let next = 0;
  for (const line of linesOf(older)) {
    if (isNew.has(line) || line.includes(FOLLOWED)) continue;
    const at = timeOf(line);
    for (let one = waiting[next]; one !== undefined && one.at < at; one = waiting[next]) {
      yield `${one.line}\n`;
      next += 1;
    }
    yield `${line}\n`;
  }
  for (const { line } of waiting.slice(next)) yield `${line}\n`;
}

function timeOf(line: string): number {
  return Number(TIMESTAMP.exec(line)?.[1] ?? 0);
}

function* linesOf(path: string): Generator<string> {
  const file = openSync(path, "r");
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = Buffer.alloc(0);
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      const bytes = Buffer.concat([rest, chunk.subarray(0, read)]);
      let at = 0;
      for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, at)) {
        yield bytes.toString("utf8", at, end);
        at = end + 1;
      }
      rest = bytes.subarray(at);
    }
    if (rest.length > 0) yield rest.toString("utf8");
  } finally {
    closeSync(file);
  }
}
