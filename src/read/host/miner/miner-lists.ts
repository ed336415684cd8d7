/** Settings of miners that are no JSON.
 *
 *  epools.txt, dpools.txt     POOL: host:port, WALLET: 0x…, WORKER: w, PSW: x    (Claymore, PhoenixMiner)
 *  config.ini                 wallet = …, pool1 = host:port, rigName = …         (nanominer)
 *  lolminer.cfg, miner.cfg    POOL=host:port, USER=…                             (lolMiner, EWBF)
 *
 *  Source: readmes of Claymore's Dual Miner 15, PhoenixMiner 6.2, nanominer 3, lolMiner 1.x, EWBF 0.3.
 */
import type { Loose } from "../../../bytes/loose-json.ts";
import {
  type Desk,
  type Item,
  NOTHING_SUMMED,
  type Reader,
  type ReadSummary,
  type Source,
} from "../../reader.ts";
import { wholeText } from "../../text.ts";
import { type MinerSettings, minerSettings } from "./config-tree.ts";
import { layConfig } from "./lay-config.ts";

const MAX_BYTES = 1 << 17;
const MAX_LINES = 2_000;

const FORMS: readonly { readonly path: RegExp; readonly software: string; readonly separator: RegExp }[] = [
  { path: /(?:^|\/)[ed]pools\.txt$/i, software: "claymore", separator: /:/ },
  { path: /(?:^|\/)config[\w-]{0,20}\.ini$/i, software: "nanominer", separator: /=/ },
  { path: /(?:^|\/)lolminer\.cfg$/i, software: "lolminer", separator: /=/ },
  { path: /(?:^|\/)miner[\w-]{0,20}\.cfg$/i, software: "equihash-miner", separator: /[ =]/ },
];
/** As the shared names are written. */
const NAMES: Readonly<Record<string, string>> = { POOL: "pool", WALLET: "wallet", USER: "user" };

export const minerLists: Reader = {
  id: "miner-lists",
  title: "settings of Claymore, PhoenixMiner, nanominer, lolMiner and EWBF",
  sniff(head, item) {
    if (head.includes(0) || formOf(item) === undefined) return false;
    return settingsIn(Buffer.from(head).toString("utf8"), item) !== null;
  },
  firstMicros: () => null,
  read,
};

function formOf({ path }: Item): (typeof FORMS)[number] | undefined {
  return FORMS.find((form) => form.path.test(path));
}

function settingsIn(text: string, item: Item): MinerSettings | null {
  const form = formOf(item);
  if (form === undefined) return null;
  const lines = text.split(/\r?\n/, MAX_LINES).filter((line) => !/^\s*(?:#|;|\/\/|$)/.test(line));
  const trees: Loose =
    form.software === "claymore"
      ? lines.map((line) => treeOf(line.split(",", 20), form.separator))
      : [treeOf(lines, form.separator)];
  const settings = minerSettings(trees);
  return settings === null ? null : { ...settings, software: form.software };
}

function treeOf(parts: readonly string[], separator: RegExp): ReadonlyMap<string, Loose> {
  const tree = new Map<string, Loose>();
  for (const part of parts) {
    const at = part.search(separator);
    if (at <= 0) continue;
    const name = part.slice(0, at).trim();
    tree.set(NAMES[name] ?? name, part.slice(at + 1).trim());
  }
  return tree;
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const text = await wholeText(source, desk, MAX_BYTES);
  const settings = settingsIn(text, source);
  if (settings !== null) layConfig({ source, desk, text, settings });
  return NOTHING_SUMMED;
}
