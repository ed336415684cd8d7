import { DAY_MICROS, utcDay } from "../../bytes/time.ts";
import type { SourceTag } from "../../model/chain.ts";
import { familyStart } from "../../tables/family-starts.ts";

/** When an address first got coins, in microseconds since 1970; null: not known. */
export type FirstReceipt = (address: string) => number | null;

interface CautionFacts {
  /** Addresses with the same label. */
  readonly addressesOf: (label: string) => readonly string[];
  readonly firstReceipt: FirstReceipt;
}

/** How long before its family is known an address may have got coins: operators own addresses before they
 *  use them, and reports come late. A convention, and nobody measured how often it is wrong; of 122 families
 *  in Ransomwhere's export of 2022 it flags an address of five, that of the Silk Road's seizure among them.
 */
const LONGEST_YEARS = 1;
const YEAR_DAYS = 365.25;

/** Says why a tag is doubtful: its address was active years before the tagged entity existed.
 *
 *  Shape: the entity's beginning is that of `family-starts.ts`, else the first receipt of its other ones;
 *  null where neither is known, for services, which grow old, and where the address is younger.
 */
export function tagCautions({ addressesOf, firstReceipt }: CautionFacts): (tag: SourceTag) => string | null {
  const known = new Map<string, Firsts>();
  return ({ address, label, abuse }) => {
    const isJudged = abuse !== null && abuse !== "sanction";
    const firstMicros = isJudged ? firstReceipt(address) : null;
    if (firstMicros === null) return null;
    const start = familyStart(label);
    let firsts = known.get(label);
    if (start === null && firsts === undefined) {
      firsts = firstsOf(addressesOf(label), firstReceipt);
      known.set(label, firsts);
    }
    const others = firsts?.earliest === address ? firsts.second : (firsts?.firstMicros ?? null);
    const sinceMicros = start?.sinceMicros ?? others;
    if (sinceMicros === null) return null;
    const years = (sinceMicros - firstMicros) / DAY_MICROS / YEAR_DAYS;
    if (years <= LONGEST_YEARS) return null;
    const since =
      start === null
        ? `the first receipt of its other addresses (${utcDay(sinceMicros)})`
        : `it is first known (${start.since}, ${start.source})`;
    const early = `${years.toFixed(1)} years before ${since}`;
    return `tagged as ${label}, but it got coins on ${utcDay(firstMicros)}, ${early}`;
  };
}

/** The earliest address of a label, and the first receipt of all others. */
interface Firsts {
  readonly earliest: string | null;
  readonly firstMicros: number | null;
  readonly second: number | null;
}

function firstsOf(addresses: readonly string[], firstReceipt: FirstReceipt): Firsts {
  let firsts: Firsts = { earliest: null, firstMicros: null, second: null };
  for (const address of addresses) {
    const at = firstReceipt(address);
    if (at === null) continue;
    if (firsts.firstMicros === null || at < firsts.firstMicros) {
      firsts = { earliest: address, firstMicros: at, second: firsts.firstMicros };
    } else if (firsts.second === null || at < firsts.second) firsts = { ...firsts, second: at };
  }
  return firsts;
}
