import { compareText } from "../../bytes/text.ts";
import type { Facts } from "../../model/facts.ts";
import { grouped } from "../../model/group.ts";
import type { AutostartRecord } from "../../model/host-record.ts";
import { compareIds } from "../../model/order.ts";
import type { Place } from "../../model/place.ts";
import { type DeedGroup, type DeedRow, deedsIn } from "../../tables/deeds.ts";
import { hasNear } from "../near.ts";
import { type Intrusion, intrusionsOf, type Standing } from "./intrusion.ts";

/** Something that was done on a host, and how it stands to those who broke in. */
export interface Deed {
  readonly host: string;
  readonly atMicros: number | null;
  readonly user: string | null;
  readonly from: string | null;
  readonly row: DeedRow;
  /** The command line, the log's own words, the file. */
  readonly text: string;
  readonly place: Place;
  readonly excerpt: string;
  readonly standing: Standing;
  readonly intrusion: Intrusion | null;
  /** Deeds of other groups that only intruders do, close by. */
  readonly company: readonly DeedGroup[];
}

/** A deed before it is known who may have done it. */
export type BareDeed = Omit<Deed, "standing" | "intrusion" | "company">;

/** Deeds so close together are one script's, or one sitting's. */
const COMPANY_MICROS = 3_600e6;

/** Lines of a history without times so close together are one sitting's: some fifty commands. */
const COMPANY_BYTES = 4_096;

/** Command lines of a host, judged once for all detectors. */
class Deeds {
  readonly #facts: Facts;
  readonly #byGroup: ReadonlyMap<string, BareDeed[]>;
  /** Times at which something was done that only intruders do, by host; and places, by evidence. */
  readonly #moments = new Map<string, Moments>();

  constructor(facts: Facts) {
    this.#facts = facts;
    const deeds = bareDeeds(facts);
    this.#byGroup = grouped(deeds, ({ row }) => row.group);
    for (const deed of deeds) {
      if (deed.row.alone !== "silent") this.#note(deed, deed.row.group);
    }
    for (const one of [...facts["miner-log"], ...facts["miner-config"]]) {
      this.#note({ ...one, atMicros: firstOf(one) }, "mining");
    }
    for (const moments of this.#moments.values()) moments.sort();
  }

  of(group: DeedGroup): Deed[] {
    return (this.#byGroup.get(group) ?? []).map((one) => this.judged(one));
  }

  judged(deed: BareDeed): Deed {
    const near = this.#near(deed).filter((group) => group !== deed.row.group);
    return { ...deed, ...intrusionsOf(this.#facts).standing(deed), company: [...new Set(near)].sort() };
  }

  /** What only intruders do, on a host within a stretch of time. */
  within(host: string, fromMicros: number, untilMicros: number): DeedGroup[] {
    return this.#moments.get(host)?.between(fromMicros, untilMicros) ?? [];
  }

  #note({ host, atMicros, place }: Pick<BareDeed, "host" | "atMicros" | "place">, group: DeedGroup): void {
    const key = atMicros === null ? `${host} ${place.evidence}` : host;
    const moments = this.#moments.get(key) ?? new Moments();
    moments.note(atMicros ?? place.atByte, group);
    this.#moments.set(key, moments);
  }

  #near({ host, atMicros, place }: BareDeed): DeedGroup[] {
    if (atMicros !== null)
      return this.#moments.get(host)?.between(atMicros - COMPANY_MICROS, atMicros + COMPANY_MICROS) ?? [];
    const moments = this.#moments.get(`${host} ${place.evidence}`);
    return moments?.between(place.atByte - COMPANY_BYTES, place.atByte + COMPANY_BYTES) ?? [];
  }
}

function firstOf(one: { readonly atMicros: number | null; readonly firstMicros?: number | null }) {
  return one.firstMicros ?? one.atMicros;
}

/** Groups of deeds along a line of time or of bytes. */
class Moments {
  readonly #byGroup = new Map<DeedGroup, number[]>();

  note(at: number, group: DeedGroup): void {
    const known = this.#byGroup.get(group);
    if (known === undefined) this.#byGroup.set(group, [at]);
    else known.push(at);
  }

  sort(): void {
    for (const list of this.#byGroup.values()) list.sort((a, b) => a - b);
  }

  between(from: number, until: number): DeedGroup[] {
    const [middle, reach] = [(from + until) / 2, (until - from) / 2];
    return [...this.#byGroup].filter(([, list]) => hasNear(list, middle, reach)).map(([group]) => group);
  }
}

/** What every command line and every line of a schedule shows. */
function bareDeeds(facts: Facts): BareDeed[] {
  const known = new Map<string, readonly DeedRow[]>();
  const rowsOf = (text: string): readonly DeedRow[] => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const rows = deedsIn(text);
    if (known.size < MOST_TEXTS) known.set(text, rows);
    return rows;
  };
  const commands = facts.command.flatMap((one) => rowsOf(one.text).map((row) => ({ ...deedOf(one), row })));
  const started = facts.autostart
    .filter(isCommand)
    .flatMap((one) =>
      rowsOf(one.command).map((row) => ({ ...deedOf({ ...one, text: one.command, from: null }), row })),
    );
  return [...commands, ...started];
}

/** Libraries, keys and modules are no commands. */
function isCommand({ mechanism }: AutostartRecord): boolean {
  return !["ld-preload", "authorized-key", "kernel-module"].includes(mechanism);
}

/** Command lines that are remembered with what they show: honeypots see the same ones thousands of times. */
const MOST_TEXTS = 50_000;

type Told = Pick<BareDeed, "host" | "atMicros" | "user" | "from" | "text" | "place" | "excerpt">;

function deedOf({ host, atMicros, user, from, text, place, excerpt }: Told): Told {
  return { host, atMicros, user, from, text, place, excerpt };
}

const known = new WeakMap<Facts, Deeds>();

/** The deeds that facts tell of; worked out once for all detectors. */
export function deedsOf(facts: Facts): Deeds {
  const before = known.get(facts);
  if (before !== undefined) return before;
  const made = new Deeds(facts);
  known.set(facts, made);
  return made;
}

/** Deeds by host, hosts and deeds in an order of their own, so that the order of evidence does not show. */
export function byHost(deeds: readonly Deed[]): (readonly [string, readonly Deed[]])[] {
  return [...grouped(deeds, ({ host }) => host)]
    .sort(([a], [b]) => compareIds(a, b))
    .map(([host, list]) => [host, list.sort(compareDeeds)] as const);
}

function compareDeeds(a: Deed, b: Deed): number {
  const byTime = (a.atMicros ?? Number.MAX_SAFE_INTEGER) - (b.atMicros ?? Number.MAX_SAFE_INTEGER);
  return (
    byTime ||
    compareIds(a.place.evidence, b.place.evidence) ||
    a.place.atByte - b.place.atByte ||
    compareText(a.row.kind, b.row.kind)
  );
}
