import type { Case } from "../model/case.ts";
import type { ServicePath } from "../model/follow-case.ts";
import { grouped } from "../model/group.ts";
import { compareAmounts } from "../model/order.ts";
import type { CaseTrace, Policy, StopId, TraceOutput } from "../model/trace.ts";
import type { Worth } from "../model/worth.ts";

/** Traces of the same seeds in the same direction over one source, one a policy. */
export interface TraceGroup {
  /** The one that the report tells of; poison only where there is no other. */
  readonly lead: CaseTrace;
  readonly traces: readonly CaseTrace[];
}

export function traceGroups({ traces }: Pick<Case, "traces">): readonly TraceGroup[] {
  const groups = grouped(traces, ({ chain, coin, direction, seeds }) =>
    [chain, coin, direction, ...seeds.map(outputId)].join(" "),
  );
  return [...groups.values()].flatMap((of) => {
    const lead = of.find(({ policy }) => policy !== "poison") ?? of[0];
    return lead === undefined ? [] : [{ lead, traces: of }];
  });
}

/** Whether the source told anything of what became of the seeds: a list of payments does not. */
export function isToldFurther({ edges, outputs }: CaseTrace): boolean {
  return edges.length > 0 || outputs.some(({ stop }) => stop !== "not-in-source");
}

export const outputId = ({ txid, vout }: { readonly txid: string; readonly vout: number | null }): string =>
  `${txid}:${vout ?? "?"}`;

/** Where dirty coins ended. "unlisted" is in outputs that the case does not list one by one. */
export type EndKind = StopId | "unspent" | "perhaps-unspent" | "fees" | "burnt" | "unlisted";

export interface Reached {
  readonly kind: EndKind;
  /** Of a service its name, else null. */
  readonly service: string | null;
  readonly sats: bigint;
  /** Of what the seeds held; above 1 only by poison. null where they held nothing. */
  readonly share: number | null;
  readonly outputs: readonly TraceOutput[];
  /** Outputs that it stands for; more than `outputs` where some are not listed. */
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
  /** Sums of what each output was worth when it got there; empty where one of them is not known. */
  readonly worth: readonly Worth[];
}

/** The order in which ends are told. */
const ORDER: readonly EndKind[] = [
  "service",
  "coinjoin",
  "coinbase",
  "cut-off",
  "unspent",
  "perhaps-unspent",
  "not-in-source",
  "unknown-value",
  "source-failed",
  "limit",
  "min-taint",
  "dust",
  "unlisted",
  "fees",
  "burnt",
];

/** What kind of end an output is: where blocks are missing nobody can tell whether it is unspent. */
export function endOf({ stop, spent }: TraceOutput): StopId | "unspent" | "perhaps-unspent" {
  return stop ?? (spent === false ? "unspent" : "perhaps-unspent");
}

/** Who got how much of a trace's coins: services by name, then everything else by its kind. */
export function reachedOf(c: Pick<Case, "paths" | "tags">, trace: CaseTrace): readonly Reached[] {
  const groups = new Map<string, { kind: EndKind; service: string | null; outputs: TraceOutput[] }>();
  const paths = new Map(c.paths.filter((p) => p.trace === trace.id).map((p) => [outputId(p), p]));
  const nameOf = serviceNames(c);
  for (const output of trace.outputs) {
    const kind = endOf(output);
    const service = kind === "service" ? nameOf(output) : null;
    const key = `${kind} ${service ?? ""}`;
    const group = groups.get(key) ?? { kind, service, outputs: [] };
    group.outputs.push(output);
    groups.set(key, group);
  }
  const found = [...groups.values()].map((group) => ended(group, { trace, paths }));
  return [...found, ...sums(trace, found)].sort(
    (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || compareAmounts(b.sats, a.sats),
  );
}

/** The same with at most so many services; the smaller ones stand together as "… n more services". */
export function fewerServices(ends: readonly Reached[], most: number): readonly Reached[] {
  const services = ends.filter(({ kind }) => kind === "service");
  const rest = services.slice(most);
  if (rest.length < 2) return ends;
  const times = rest.flatMap(({ first, last }) => [first ?? [], last ?? []].flat()).sort();
  const more: Reached = {
    kind: "service",
    service: `… ${rest.length} more services`,
    sats: rest.reduce((sum, { sats }) => sum + sats, 0n),
    share: rest.reduce((sum, { share }) => sum + (share ?? 0), 0),
    outputs: rest.flatMap(({ outputs }) => outputs),
    count: rest.reduce((sum, { count }) => sum + count, 0),
    first: times[0] ?? null,
    last: times.at(-1) ?? null,
    worth: together(rest.map(({ worth }) => worth)),
  };
  return [...services.slice(0, most), more, ...ends.filter(({ kind }) => kind !== "service")];
}

/** Who is behind an output: as a path to it says, else as its address is tagged, else as the stop says. */
function serviceNames(c: Pick<Case, "paths" | "tags">): (output: TraceOutput) => string {
  const named = new Map<string, string>();
  for (const { address, label } of c.tags) if (!named.has(address)) named.set(address, label);
  for (const { address, service } of c.paths)
    if (address !== null && service !== null) named.set(address, service);
  return ({ address, stopSays }) => named.get(address ?? "") ?? stopSays ?? "a service";
}

interface Around {
  readonly trace: CaseTrace;
  readonly paths: ReadonlyMap<string, ServicePath>;
}

function ended(
  { kind, service, outputs }: Pick<Reached, "kind" | "service" | "outputs">,
  { trace, paths }: Around,
): Reached {
  const sats = outputs.reduce((sum, { dirtySats }) => sum + BigInt(dirtySats), 0n);
  const times = outputs.flatMap(({ at }) => at ?? []).sort();
  return {
    kind,
    service,
    sats,
    share: shareOf(sats, trace),
    outputs,
    count: outputs.length,
    first: times[0] ?? null,
    last: times.at(-1) ?? null,
    worth:
      kind === "service"
        ? together(outputs.map((output) => paths.get(outputId(output))?.worth ?? []))
        : (trace.endWorths.find(({ end }) => end === kind)?.worth ?? []),
  };
}

/** A part of what the seeds held. */
function shareOf(sats: bigint, { totals }: CaseTrace): number | null {
  return totals.seedSats === "0" ? null : Number(sats) / Number(totals.seedSats);
}

function sums(trace: CaseTrace, found: readonly Reached[]): readonly Reached[] {
  const { totals, counts, outputs } = trace;
  const listed = found.reduce((sum, { sats }) => sum + sats, 0n);
  const rest = BigInt(totals.dirtySats) - listed;
  const one = (kind: EndKind, sats: bigint, count: number): readonly Reached[] =>
    sats <= 0n
      ? []
      : [
          {
            kind,
            service: null,
            sats,
            share: shareOf(sats, trace),
            outputs: [],
            count,
            first: null,
            last: null,
            worth: [],
          },
        ];
  return [
    ...one("unlisted", rest, counts.outputs - outputs.length),
    ...one("fees", BigInt(totals.feeSats), 0),
    ...one("burnt", BigInt(totals.burntSats), 0),
  ];
}

/** Worths of several outputs added up, moment by moment. What is not known of one is not known of the sum. */
function together(all: readonly (readonly Worth[])[]): readonly Worth[] {
  const [first = []] = all;
  return first.flatMap((model): Worth[] => {
    const alike = all.map((worths) => worths.find(({ moment }) => moment === model.moment));
    const known = alike.flatMap((worth) => worth ?? []);
    if (known.length < all.length) return [];
    const sum = (field: "open" | "high" | "low" | "close"): number | null =>
      known.reduce<number | null>((total, worth) => {
        const value = worth[field];
        return total === null || value === null ? null : total + value;
      }, 0);
    const dates = new Set(known.map(({ date }) => date));
    return [
      {
        ...model,
        open: sum("open"),
        high: sum("high"),
        low: sum("low"),
        close: sum("close"),
        date: dates.size === 1 ? model.date : null,
        coveredShare: Math.min(...known.map(({ coveredShare }) => coveredShare)),
      },
    ];
  });
}

/** What each kind of end is called in a sentence. */
export const END_WORD: Readonly<Record<EndKind, string>> = {
  service: "a service",
  coinjoin: "CoinJoin",
  unspent: "unspent",
  coinbase: "newly mined",
  "cut-off": "before the cut-off",
  "perhaps-unspent": "no spend seen",
  "not-in-source": "not in the source",
  "unknown-value": "values unknown",
  "source-failed": "source failed",
  limit: "beyond the limit",
  "min-taint": "below minimum taint",
  dust: "too small",
  unlisted: "not listed here",
  fees: "fees",
  burnt: "burnt",
};

export const POLICY_WORD: Readonly<Record<Policy, string>> = {
  fifo: "FIFO",
  lifo: "LIFO",
  haircut: "haircut",
  poison: "poison",
  tiho: "TIHO",
};
