/** Velociraptor's offline collections, in both layouts:
 *
 *  results/<Artifact>%2F<Source>.json   rows, a JSON object a line      (0.6.6 and newer)
 *  <Artifact>/<Source>.json             the same                        (older)
 *  client_info.json                     who was collected               (newer)
 *  collection_context.json              when, and which artifacts
 *  metadata.json                        beside data.zip: the collection is encrypted
 *
 *  Source: Velociraptor, "Offline collections" and "Encrypting offline collections"; two collections (0.6.7).
 *  Limits: rows of artifacts whose columns are not in tables/velociraptor-columns.ts are searched for
 *  addresses and not read; event logs in them are read by the readers of logs.
 */
import type { Desk, Item, Reader, ReadSummary, Source } from "../reader.ts";
import { NOTHING_SUMMED } from "../reader.ts";
import { eachLine, factAt, linePlace, placeAt, type TextLine, wholeText } from "../text.ts";
import { finishConnections } from "./connections.ts";
import { finishIdentities, identityTable } from "./identities.ts";
import { hostLooks } from "./looks.ts";
import { finishProcesses } from "./processes.ts";
import { isRow, momentIn, ROW_KINDS, type Row, type RowKind } from "./velociraptor-rows.ts";

const RESULT = new RegExp(
  "^(?:[^/]{1,255}/)?(?:results/)?" +
    "((?:Custom|Generic|Linux|MacOS|Windows)\\.[\\w.]{1,120}(?:(?:%2F|/)[^/]{1,120})?)\\.json$",
);
const OWN = /^(?:[^/]{1,255}\/)?(client_info|collection_context|metadata)\.json$/;
/** Rows of the head that are looked at: sockets that listen come first. */
const LOOKED_AT = 100;
const MAX_CONTEXT_BYTES = 4 << 20;

export const velociraptor: Reader = {
  id: "velociraptor",
  title: "results of Velociraptor",
  sniff(head, item) {
    const text = Buffer.from(head).toString("utf8");
    const own = OWN.exec(item.path)?.[1];
    if (own === "metadata") return /"EncryptedPass"\s{0,4}:/.test(text);
    if (own === "collection_context") return /"session_id"\s{0,4}:\s{0,4}"F\./.test(text);
    if (own === "client_info") return text.trimStart().startsWith("{");
    const artifact = artifactOf(item);
    if (artifact === null) return false;
    return text.split("\n", LOOKED_AT).some((line) => kindsOf(artifact, objectIn(line) ?? {}).length > 0);
  },
  firstMicros: () => null,
  read,
  finish(desk) {
    finishProcesses(desk);
    finishConnections(desk);
    finishIdentities(desk);
  },
};

/** "Linux.Sys.Pslist", "Generic.Client.Info/Users"; null for what is no result. */
function artifactOf({ path }: Pick<Item, "path">): string | null {
  return RESULT.exec(path)?.[1]?.replace("%2F", "/") ?? null;
}

function kindsOf(artifact: string | null, row: Row): readonly RowKind[] {
  if (artifact === null) return [];
  return ROW_KINDS.filter(
    (kind) => (kind.artifact === null || kind.artifact.test(artifact)) && kind.has(row),
  );
}

function objectIn(text: string): Row | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRow(value) ? value : null;
  } catch {
    return null;
  }
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const own = OWN.exec(source.path)?.[1];
  if (own !== undefined) await readOwn(source, own, desk);
  else await readRows(source, desk);
  return NOTHING_SUMMED;
}

async function readRows(source: Source, desk: Desk): Promise<void> {
  const artifact = artifactOf(source);
  let strange: TextLine | null = null;
  let count = 0;
  await eachLine(source, desk, (line) => {
    if (line.text.trim() === "") return;
    const row = objectIn(line.text);
    if (row === null) {
      strange ??= line;
      count += 1;
      return;
    }
    const fact = factAt(source, line);
    for (const kind of kindsOf(artifact, row)) kind.take(row, fact, desk);
  });
  if (strange !== null) {
    const says = `${source.name} holds lines that are no JSON objects`;
    desk.countGap({ place: linePlace(source, strange), code: "malformed-line", says, count });
  }
}

/** What the collector says of the collection itself. */
async function readOwn(source: Source, own: string, desk: Desk): Promise<void> {
  const text = await wholeText(source, desk, MAX_CONTEXT_BYTES);
  const place = placeAt(source, { atByte: 0, byteLength: Buffer.byteLength(text), line: null });
  if (own === "metadata") {
    const scheme = /"Scheme"\s{0,4}:\s{0,4}"(\w{1,20})"/.exec(text)?.[1] ?? "a password";
    const says =
      `${source.name}: Velociraptor encrypted this collection (${scheme}); unpack it with ` +
      "`velociraptor --config SERVER.CONFIG.YAML unzip`, or import it on its server, and give what comes out";
    desk.gap(place, "encrypted-archive", says);
    return;
  }
  const row = objectIn(text);
  if (row === null) {
    desk.gap(place, "malformed-record", `${source.name} is no JSON object`);
    return;
  }
  const { host } = source;
  const excerpt = text.slice(0, 300);
  if (own === "client_info") {
    const kind = ROW_KINDS.find(({ id }) => id === "host");
    const fact = factAt(source, { text: excerpt, atByte: 0, byteLength: place.byteLength, number: 1 });
    if (kind?.has(row)) kind.take(row, fact, desk);
    return;
  }
  const first = momentIn(row["start_time"] ?? row["create_time"]);
  const last = momentIn(row["active_time"]) ?? endOf(first, row["execution_duration"]);
  const name = nameInArchive(source.name);
  const facts = {
    collector: "velociraptor",
    ...(name === null ? {} : { name }),
    ...(first === null ? {} : { collectedFirstMicros: first }),
    ...(last === null ? {} : { collectedLastMicros: last }),
  };
  identityTable(desk).note({ host, rank: 5, facts, place, excerpt });
  if (first !== null) hostLooks(desk).note(host, "looked", { atMicros: first, clock: "utc", rank: 0 });
}

/** Nanoseconds after the start. */
function endOf(first: number | null, duration: unknown): number | null {
  return first === null || typeof duration !== "number" ? first : first + Math.round(duration / 1000);
}

/** "Collection-HOST-2021-11-21T18_05_56-08_00.zip": without client_info.json, only the archive's name says
 *  whose it is. */
function nameInArchive(name: string): string | null {
  return (
    /(?:^|\/)Collection-([\w.-]{1,253}?)-\d{4}-\d\d-\d\dT[\w-]{1,20}\.zip(?:\/|$)/.exec(name)?.[1] ?? null
  );
}
