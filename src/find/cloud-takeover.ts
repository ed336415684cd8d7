import { grouped } from "../model/group.ts";
import type { EventRecord } from "../model/log-record.ts";
import { compareIds } from "../model/order.ts";
import { type CloudKind, cloudKind, isForComputing } from "../tables/cloud-kinds.ts";
import type { Detector, Found } from "./detector.ts";
import { hasNear } from "./near.ts";
import { seen } from "./trail.ts";
import { between, counted, distinct, listed, short } from "./words.ts";

/** Steps of a trail. */
const MOST_STEPS = 24;

/** A cloud account used by a stranger: credentials made, records switched off, machines started. */
export const cloudTakeover: Detector = {
  id: "cloud-takeover",
  title: "Cloud account taken over",
  reads: ["event"],
  attack: ["T1078.004", "T1578.002", "T1496.001"],
  stage: "way-in",
  sources: [
    "MITRE ATT&CK v18.1, T1078.004, T1136.003, T1098.001, T1562.008, T1578.002, T1496.001",
    "AWS CloudTrail user guide; Sysdig (2023) on AMBERSQUID, Unit 42 and Permiso (2023) on mining in clouds",
    "Calls made by stratus-red-team in Invictus' data set of 2023; what Terraform calls every day",
  ],
  blindTo:
    "regions and services whose calls were not recorded; machines started by a template or another account",
  limits: {
    machines: {
      value: 20,
      unit: "machines",
      why: "a new account may start some tens; by hand one starts a handful, mining takes all there is",
    },
    windowSeconds: {
      value: 86_400,
      unit: "seconds",
      why: "stolen keys are used up within a day, before the bill is noticed",
    },
  },
  *find({ event }, limit) {
    const windowMicros = limit("windowSeconds") * 1e6;
    const calls = event.flatMap(callOf);
    const bySource = grouped(calls, ({ record }) => `${record.host} ${record.from}`);
    const keys = [...bySource.keys()].sort((a, b) => compareIds(a, b));
    for (const key of keys) {
      const own = (bySource.get(key) ?? []).sort(compareCalls);
      const one = found(own, { machines: limit("machines"), windowMicros });
      if (one !== null) yield one;
    }
  },
};

interface Call {
  readonly record: EventRecord;
  readonly name: string;
  readonly at: number;
  readonly kind: CloudKind;
  readonly machines: number;
  readonly isForComputing: boolean;
}

/** Calls that a service of the cloud makes for its owner (autoscaling) are nobody's deed. */
function callOf(record: EventRecord): Call[] {
  const name = /^([A-Z]\w{3,80})\b/.exec(record.says)?.[1] ?? "";
  const kind = cloudKind(name);
  if (kind === null || record.atMicros === null || (record.from ?? "").endsWith(".amazonaws.com")) return [];
  const machines = /\b(\d{1,6}) × ([\w.-]{2,40})/.exec(record.says);
  return [
    {
      record,
      name,
      at: record.atMicros,
      kind,
      machines: Number(machines?.[1] ?? 0),
      isForComputing: isForComputing(machines?.[2] ?? ""),
    },
  ];
}

function compareCalls(a: Call, b: Call): number {
  return (
    a.at - b.at ||
    compareIds(a.record.place.evidence, b.record.place.evidence) ||
    a.record.place.atByte - b.record.place.atByte
  );
}

interface Limits {
  readonly machines: number;
  readonly windowMicros: number;
}

function found(calls: readonly Call[], { machines, windowMicros }: Limits): Found | null {
  const of = (kind: CloudKind): Call[] => calls.filter((call) => call.kind === kind);
  const big = bursts(of("machines"), { machines, windowMicros });
  const isNearBig = ({ at }: Call): boolean =>
    hasNear(
      big.map((call) => call.at),
      at,
      windowMicros,
    );
  const logs = of("logs");
  const doors = of("credentials");
  const beside = [...logs, ...doors].filter(isNearBig);
  if (big.length > 0 && beside.length > 0) return tell([...big, ...beside].sort(compareCalls), "both");
  if (big.length > 0) return tell(big, "machines");
  return logs.length > 0 ? tell(logs, "logs") : null;
}

/** Calls for machines that together ask for many within the window, or for such as are made for computing. */
function bursts(calls: readonly Call[], { machines, windowMicros }: Limits): Call[] {
  let oldest = 0;
  let sum = 0;
  const many = new Set<Call>();
  for (const [index, call] of calls.entries()) {
    sum += call.machines;
    while (call.at - (calls[oldest]?.at ?? call.at) > windowMicros) {
      sum -= calls[oldest]?.machines ?? 0;
      oldest += 1;
    }
    if (sum >= machines) for (const one of calls.slice(oldest, index + 1)) many.add(one);
    if (many.size > MOST_CALLS) break;
  }
  return calls.filter((call) => many.has(call) || call.isForComputing);
}

/** Calls of one source that are joined; more say nothing more. */
const MOST_CALLS = 1_000;

/** Judgements. */
const WEIGHTS = {
  both: { severity: "high", likelihood: 0.8, confidence: "moderate" },
  machines: { severity: "low", likelihood: 0.2, confidence: "low" },
  logs: { severity: "low", likelihood: 0.25, confidence: "low" },
} as const;

const READINGS = {
  both: "so do those who mine at the account's expense",
  machines: "so do those who mine at the account's expense, and those who train models",
  logs: "so do intruders, and tools that take down what they had set up",
} as const;

const NEXT = {
  both: "Disable the keys that made these calls, stop machines in all regions, ask the provider for help.",
  machines: "Ask the account's owner whether these machines were wanted.",
  logs: "Ask the account's owner whether the records were switched off on purpose.",
} as const;

function tell(calls: readonly Call[], what: keyof typeof WEIGHTS): Found {
  const [first] = calls;
  const at = first?.at ?? 0;
  const last = calls.at(-1)?.at ?? at;
  const users = distinct(calls.flatMap(({ record }) => record.user ?? [])).map(short);
  const from = first?.record.from ?? null;
  const machines = calls.reduce((sum, call) => sum + call.machines, 0);
  const deeds = [...new Set(calls.map(({ kind }) => kind))].map((kind) => DEEDS[kind](machines));
  const names = listed(distinct(calls.map(({ name }) => name)), 4);
  return {
    host: first?.record.host ?? "",
    ...WEIGHTS[what],
    attack: distinct(["T1078.004", ...calls.map(({ kind }) => TECHNIQUES[kind])]),
    about: [...(from === null ? [] : [from]), ...users].slice(0, 20),
    summary:
      `${users.length === 0 ? "Somebody" : listed(users)}, from ${short(from ?? "no recorded address")}, ` +
      `${listed(deeds)} in this cloud account ${between(at, last)} (${names}): ${READINGS[what]}`,
    next: NEXT[what],
    firstMicros: at,
    lastMicros: last,
    basis: calls
      .slice(0, MOST_STEPS)
      .map(({ record }) => seen(record.place, record.says.slice(0, 300), record.excerpt)),
  };
}

const DEEDS: Readonly<Record<CloudKind, (machines: number) => string>> = {
  machines: (machines) =>
    machines === 0 ? "asked for machines" : `asked for ${counted(machines, "machine")}`,
  credentials: () => "made accounts, keys or rights",
  logs: () => "switched off what is recorded",
};

const TECHNIQUES: Readonly<Record<CloudKind, string>> = {
  machines: "T1578.002",
  credentials: "T1098.001",
  logs: "T1562.008",
};
