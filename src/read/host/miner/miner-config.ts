/** Settings of miners as JSON and its loose kin: XMRig's and xmrig-proxy's config.json, xmr-stak's pools.txt
 *  and config.txt (members without braces), T-Rex, NBMiner, cpuminer, ccminer, cgminer, lolMiner, SRBMiner.
 *  Source: see config-tree.ts.
 */
import { parseLooseJson } from "../../../bytes/loose-json.ts";
import { type Desk, NOTHING_SUMMED, type Reader, type ReadSummary, type Source } from "../../reader.ts";
import { placeAt, wholeText } from "../../text.ts";
import { type MinerSettings, minerSettings } from "./config-tree.ts";
import { layConfig } from "./lay-config.ts";

/** Longest settings that are read; XMRig's own file has 3 KB. */
const MAX_BYTES = 1 << 20;
/** A name behind which an address stands; every form has one of them. */
const MAY_BE = /["']?(?:url|pool|pool_address|POOL|server)["']?\s{0,20}:\s{0,20}["']/;

export const minerConfig: Reader = {
  id: "miner-config",
  title: "settings of miners as JSON (XMRig, xmrig-proxy, xmr-stak, T-Rex, ccminer and others)",
  sniff(head) {
    if (head.includes(0)) return false;
    const text = Buffer.from(head).toString("utf8");
    return MAY_BE.test(text) && settingsIn(text).settings !== null;
  },
  firstMicros: () => null,
  read,
};

/** A list, and objects one behind the other, are records of something: settings are one object. */
function settingsIn(text: string): { readonly settings: MinerSettings | null; readonly whole: boolean } {
  const { value, whole, more } = parseLooseJson(text);
  return { settings: more || Array.isArray(value) ? null : minerSettings(value), whole };
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const text = await wholeText(source, desk, MAX_BYTES);
  const { settings, whole } = settingsIn(text);
  if (!whole) {
    const place = placeAt(source, { atByte: 0, byteLength: Buffer.byteLength(text), line: null });
    const says = `${source.name} breaks off or stops being JSON: settings behind that are not known`;
    desk.gap(place, "malformed-record", says);
  }
  if (settings !== null) layConfig({ source, desk, text, settings });
  return NOTHING_SUMMED;
}
