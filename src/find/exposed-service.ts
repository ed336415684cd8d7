import type { Facts } from "../model/facts.ts";
import { grouped } from "../model/group.ts";
import type { HostFact } from "../model/host-fact.ts";
import { compareIds } from "../model/order.ts";
import { isIntrudersFirst, OPEN_INTERFACES, STORE_USERS } from "../tables/service-users.ts";
import type { Detector, Found } from "./detector.ts";
import { intrusionsOf } from "./intruder/intrusion.ts";
import { firstAfter } from "./near.ts";
import { seen } from "./trail.ts";
import { between, distinct, listed, short, shortPath } from "./words.ts";

/** Steps of a trail. */
const MOST_STEPS = 24;

/** Docker, Redis, PostgreSQL, Kubernetes, Jupyter and others, open to anybody and used as a way in. */
export const exposedService: Detector = {
  id: "exposed-service",
  title: "Break-in through an open service",
  reads: ["request", "command", "process", "autostart", "event", "host"],
  attack: ["T1190", "T1133"],
  stage: "way-in",
  sources: [
    "MITRE ATT&CK v18.1, T1190, T1133 External Remote Services, T1610 Deploy Container, T1611 Escape to Host",
    "Redis, persistence: a dump begins with REDIS and four digits; CONFIG SET dir lets it be a crontab",
    "PostgreSQL, COPY … PROGRAM; Docker Engine API; Kubernetes API; reports on Kinsing, TeamTNT, PG_MEM",
  ],
  blindTo: "services whose own logs were not kept; commands inside a container",
  limits: {
    followSeconds: {
      value: 300,
      unit: "seconds",
      why: "a container starts within seconds of the request; five minutes allow for fetching its image",
    },
  },
  *find(facts, limit) {
    const signs = [
      ...ranBy(facts),
      ...fromTemporary(facts),
      ...dumps(facts),
      ...containers(facts),
      ...anonymous(facts),
      ...requested(facts, limit("followSeconds") * 1e6),
    ].filter(({ fact }) => !intrusionsOf(facts).isHoneypot(fact.host));
    const hosts = [...grouped(signs, ({ fact }) => fact.host)].sort(([a], [b]) => compareIds(a, b));
    for (const [host, own] of hosts) yield found(host, own.sort(compareSigns));
  },
};

interface Sign {
  readonly fact: HostFact;
  readonly at: number | null;
  /** Completes "through …". */
  readonly service: string;
  readonly says: string;
  /** 2: it did what only an intruder asks for; 1: it was asked, and not refused. */
  readonly weight: 1 | 2;
  readonly attack: string;
}

/** Commands of a database's own account that no database runs. */
function ranBy(facts: Facts): Sign[] {
  return facts.command.flatMap((fact): Sign[] => {
    const service = STORE_USERS.get(fact.user ?? "");
    if (service === undefined || fact.by === "history" || !isIntrudersFirst(fact.text)) return [];
    const says = `its account ${short(fact.user ?? "")} ran: ${short(fact.text)}`;
    return [{ fact, at: fact.atMicros, service, says, weight: 2, attack: "T1190" }];
  });
}

/** Programs of a database's account in a folder for temporary files, or whose file is gone. */
function fromTemporary(facts: Facts): Sign[] {
  return facts.process.flatMap((fact): Sign[] => {
    const service = STORE_USERS.get(fact.user ?? "");
    const exe = fact.exe ?? "";
    if (service === undefined || !/^\/(?:tmp|var\/tmp|dev\/shm)\//.test(exe)) return [];
    const says = `its account ${short(fact.user ?? "")} runs ${shortPath(exe)}`;
    return [{ fact, at: fact.startedMicros ?? fact.atMicros, service, says, weight: 2, attack: "T1190" }];
  });
}

/** A schedule or a file of keys that is a dump of Redis: nothing but a stranger's command makes such. */
function dumps(facts: Facts): Sign[] {
  return facts.autostart
    .filter(({ excerpt, command }) => /REDIS\d{4}/.test(`${excerpt} ${command}`))
    .map((fact) => ({
      fact,
      at: fact.atMicros,
      service: "Redis, a database",
      says: `it wrote its dump to ${shortPath(fact.path)}, where the host takes it for commands`,
      weight: 2,
      attack: "T1190",
    }));
}

/** The host's own files in a container, or all rights over the host: how one gets out of it. */
const ESCAPES: readonly RegExp[] = [
  /(?:-v|--volume|Binds|bind|mount)\S{0,20}[\s="':[]{1,6}\/(?::|\s|"|,)/i,
  /--privileged|"Privileged":\s?true|chroot\s{1,9}\/(?:mnt|host)/i,
];

/** Monitors have the same rights; that a container turns to the host's files or fetches is an intruder's. */
function isTaken(text: string): boolean {
  return /\bchroot\b/.test(text) || isIntrudersFirst(text);
}

function containers(facts: Facts): Sign[] {
  return facts.event
    .filter(({ what }) => what === "container-started")
    .flatMap((fact): Sign[] => {
      const text = `${fact.says} ${fact.excerpt}`;
      if (!ESCAPES.some((pattern) => pattern.test(text)) || !isTaken(text)) return [];
      const service = "Docker, which starts containers,";
      const says = `a container (${short(fact.subject)}) was started with the whole host in it`;
      return [{ fact, at: fact.atMicros, service, says, weight: 2, attack: "T1611" }];
    });
}

/** Users that Kubernetes gives to whoever does not say who they are. */
const NOBODY: ReadonlySet<string> = new Set(["system:anonymous", "system:unauthenticated"]);

/** What a cluster did for somebody without a name. To read is a hole; to start containers is its use. */
function anonymous(facts: Facts): Sign[] {
  return facts.event
    .filter(({ user, from }) => NOBODY.has(user ?? "") && !isOwn(from ?? ""))
    .map((fact) => {
      const whence = fact.from === null ? "" : ` from ${short(fact.from)}`;
      const isLook = fact.what === "cloud-call" && !/\/(?:exec|attach)\b/.test(fact.says);
      return {
        fact,
        at: fact.atMicros,
        service: "Kubernetes, which starts containers on many hosts,",
        says: `it did for a user without a name${whence}: ${short(fact.says)}`,
        weight: isLook ? 1 : 2,
        attack: "T1133",
      };
    });
}

/** Requests to interfaces that do what they are asked, from elsewhere, and a container that then started. */
function requested(facts: Facts, reach: number): Sign[] {
  const started = facts.event
    .filter(({ what, atMicros }) => what === "container-started" && atMicros !== null)
    .map((fact) => ({ key: fact.host, at: fact.atMicros ?? 0, subject: fact.subject }))
    .sort((a, b) => a.at - b.at);
  const byHost = grouped(started, ({ key }) => key);
  return facts.request.flatMap((fact): Sign[] => {
    const service = OPEN_INTERFACES.get(fact.exploit);
    const isRefused = fact.status !== null && fact.status >= 400;
    if (service === undefined || isRefused || isOwn(fact.client)) return [];
    const at = fact.atMicros;
    const container = at === null ? null : firstAfter(byHost.get(fact.host) ?? [], at, at + reach);
    const then = container === null ? "" : `, and a container (${short(container.subject)}) was started`;
    const says = `${short(fact.client)} asked it: ${short(fact.method ?? "?")} ${short(fact.target)}${then}`;
    return [{ fact, at, service, says, weight: container === null ? 1 : 2, attack: "T1133" }];
  });
}

/** Addresses of one's own network, from which such requests are what the interface is for. */
function isOwn(client: string): boolean {
  return /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd]|fe80)/i.test(client);
}

function compareSigns(a: Sign, b: Sign): number {
  return (
    b.weight - a.weight ||
    (a.at ?? Number.MAX_SAFE_INTEGER) - (b.at ?? Number.MAX_SAFE_INTEGER) ||
    compareIds(a.fact.place.evidence, b.fact.place.evidence) ||
    a.fact.place.atByte - b.fact.place.atByte
  );
}

/** Judgements, by the weight of the strongest sign. */
const WEIGHTS = {
  1: { severity: "medium", likelihood: 0.5, confidence: "moderate" },
  2: { severity: "high", likelihood: 0.9, confidence: "high" },
} as const;

const READINGS = { 1: "; it was not refused, and nothing shows what came of it", 2: "" } as const;

function found(host: string, signs: readonly Sign[]): Found {
  const weight = signs[0]?.weight ?? 1;
  const strongest = signs.filter((sign) => sign.weight === weight);
  const services = distinct(strongest.map(({ service }) => service.replace(/,$/, "")));
  const times = strongest.flatMap(({ at }) => at ?? []);
  const firstMicros = times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b));
  const lastMicros = times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b));
  const when = firstMicros === null || lastMicros === null ? "" : ` ${between(firstMicros, lastMicros)}`;
  return {
    host,
    ...WEIGHTS[weight],
    attack: distinct(["T1190", ...strongest.map(({ attack }) => attack)]),
    about: services,
    summary:
      `Somebody used ${listed(services)}, without a login${when}: ` +
      `${listed([...new Set(strongest.map(({ says }) => says))], 2)}${READINGS[weight]}`,
    next: "Close the service to the internet or give it a password; treat the host as taken over.",
    firstMicros,
    lastMicros,
    basis: signs.slice(0, MOST_STEPS).map(({ fact, says }) => seen(fact.place, says, fact.excerpt)),
  };
}
