/** When files of a host were last written, by the body file of their collection.
 *
 *  A collector that copies files before it packs them leaves copies that bear the time of copying; its body
 *  file, made by stat beforehand, has the times that the files had on the host. Source: measured on UAC 3.3.0
 *  on Debian 12, where every file below [root] is of the seconds after the collection; bodyfile.txt is the
 *  first of its folders that is packed.
 *  Limits: files in the folders below, a bounded number of each; for the others the copy's time stands.
 */
import { detached } from "../../bytes/text.ts";
import type { Desk, Item } from "../reader.ts";

/** Where files lie whose time says something: what starts by itself, logs, histories, keys, miners. */
const TOLD = new RegExp(
  "^/(?:etc|var/spool|var/log|tmp|var/tmp|dev/shm|opt|usr/local|(?:usr/)?lib/systemd" +
    "|(?=(?:home/[^/]{1,255}|root)/\\.)(?:home|root))/",
);
/** Twenty times what a Debian 12 server has in its fullest one (/etc, some 1,000). */
const MOST_OF_FOLDER = 20_000;

type Times = Map<string, Map<string, number>>;

/** Times by host and folder; a folder's are bounded, so that one does not push out the others. */
function timesOf(desk: Desk, { host }: Pick<Item, "host">): Times {
  const hosts = desk.state("file-times", () => new Map<string, Times>());
  const known = hosts.get(host) ?? new Map();
  hosts.set(host, known);
  return known;
}

/** Keeps a line of a collector's own body file; one that lies among the host's files is anybody's. */
export function keepFileTime(desk: Desk, source: Item, file: { path: string; micros: number | null }): void {
  const folder = TOLD.exec(file.path)?.[0];
  if (folder === undefined || file.micros === null || source.path.startsWith("/")) return;
  const times = timesOf(desk, source);
  const known = times.get(folder) ?? new Map<string, number>();
  times.set(folder, known);
  if (known.size < MOST_OF_FOLDER) known.set(detached(file.path, 4096), file.micros);
}

/** When the file was last written on its host; null where no body file was read before it that says so. */
export function fileTime(desk: Desk, item: Pick<Item, "host" | "path">): number | null {
  const folder = TOLD.exec(item.path)?.[0];
  return folder === undefined ? null : (timesOf(desk, item).get(folder)?.get(item.path) ?? null);
}
