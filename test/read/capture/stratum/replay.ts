import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EvidenceRecord, SessionRecord, ShareRecord } from "../../../../src/model/record.ts";
import { openConversation } from "../../../../src/read/capture/stratum/conversation.ts";
import type { HttpContext, Opened, Side } from "../../../../src/read/capture/wire.ts";

/** A line of messages.jsonl: a message as an object or as text, or, as the first line, how the stream was
 *  opened. */
export interface Line {
  readonly opened?: Partial<Opened> & { readonly named?: { readonly name: string; readonly by: "dns" } };
  readonly side: Side;
  readonly at: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly http?: HttpContext;
}

export function readLines(folder: string): Line[] {
  const text = readFileSync(join(folder, "messages.jsonl"), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}

export interface Replayed {
  readonly state: string;
  readonly sessions: readonly SessionRecord[];
  readonly shares: readonly ShareRecord[];
  readonly gaps: Readonly<Record<string, number>>;
}

function parsed(line: Line): unknown {
  if (line.text === undefined) return line.json;
  try {
    return JSON.parse(line.text);
  } catch {
    return undefined;
  }
}

/** Plays messages through one conversation; each is a packet of its own, at the sum of the lengths before
 *  it. */
export function replay(lines: readonly Line[]): Replayed {
  const records: EvidenceRecord[] = [];
  const gaps: Record<string, number> = {};
  let ids = 0;
  const place = { evidence: "e1", atByte: 0, byteLength: 1, packet: 1, line: null };
  const { named, ...opened } = lines[0]?.opened ?? {};
  const conversation = openConversation(
    {
      endpoints: [
        { ip: "192.0.2.10", port: 50_000 },
        { ip: "198.51.100.20", port: 3333 },
      ],
      sawHandshake: true,
      transport: "tcp",
      via: null,
      named: named === undefined ? null : { ...named, place },
      ...opened,
    },
    {
      record: (record) => {
        records.push(record);
      },
      gap: (_, code) => {
        gaps[code] = (gaps[code] ?? 0) + 1;
      },
      countGap: ({ code, count }) => {
        gaps[code] = (gaps[code] ?? 0) + count;
      },
      nextId: (prefix) => `${prefix}${++ids}`,
      state: (_, make) => make(),
    },
  );
  let atByte = 0;
  for (const [i, line] of lines.filter((line) => line.opened === undefined).entries()) {
    const json = parsed(line);
    const text = line.text ?? JSON.stringify(json);
    if (json === undefined) conversation.lost(line.side, "malformed");
    else {
      conversation.message({
        side: line.side,
        json,
        text,
        atMicros: Math.round(line.at * 1e6),
        place: { evidence: "e1", atByte, byteLength: text.length, packet: i + 1, line: null },
        http: line.http ?? null,
      });
    }
    atByte += text.length;
  }
  conversation.end(() => null);
  return {
    state: conversation.state,
    sessions: records.filter((record) => record.kind === "session"),
    shares: records.filter((record) => record.kind === "share"),
    gaps,
  };
}
