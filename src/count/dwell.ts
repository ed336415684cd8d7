import { isoMicros } from "../bytes/time.ts";
import type { CountedSession, Facts } from "../model/facts.ts";
import type { Finding } from "../model/finding.ts";
import type { Contradiction, Dwell } from "../model/host-case.ts";
import type { MinerLogRecord } from "../model/host-record.ts";
import type { Place } from "../model/place.ts";
import { endpointText } from "../model/record.ts";
import type { Interval } from "../model/work.ts";
import type { Market } from "../tables/market.ts";
import { coinMined, extrapolate } from "./extrapolate.ts";
import { hashrate } from "./hashrate.ts";
import { logContradictions } from "./log-work.ts";

/** Signs at most this far apart are one stay of the miner: it logs every minute and cron starts it at least
 *  daily, so that a longer silence is a stop, or evidence that is missing. */
const SILENCE_MICROS = 24 * 3600e6;
/** Signs that the case lists. */
const MOST_SIGNS = 100;

/** Something that shows the miner from one moment to another. */
export interface Sign {
  readonly firstMicros: number;
  readonly lastMicros: number;
  readonly says: string;
  readonly place: Place;
}

export interface DwellOrder {
  readonly host: string;
  readonly facts: Facts;
  readonly findings: readonly Finding[];
  readonly market: Market;
  readonly poolFee: number;
  readonly collectedLastMicros: number | null;
}

/** How long the miner of a host showed itself, what that may have brought, and what does not fit.
 *
 *  Method: everything with a time behind the findings of mining is a sign; signs with no silence of a day
 *  between them are one stay. The longest stay is the dwell. Rate × dwell is an extrapolation: it stands by
 *  itself and in no sum. Several stays are a contradiction that is shown, and the time between them counts
 *  for nothing.
 */
export function dwell(order: DwellOrder): { dwell: Dwell | null; contradictions: Contradiction[] } {
  const signs = signsOf(order).sort((a, b) => a.firstMicros - b.firstMicros || a.lastMicros - b.lastMicros);
  const stays = staysOf(signs);
  const [longest] = [...stays].sort((a, b) => lengthOf(b) - lengthOf(a));
  if (longest === undefined) return { dwell: null, contradictions: [] };
  const { firstMicros, lastMicros } = longest;
  const rate = observedRate(order, longest);
  const coin = coinMined(order.host, order.facts, firstMicros);
  const seconds = lengthOf(longest) / 1e6;
  const { market, poolFee } = order;
  return {
    dwell: {
      first: isoMicros(firstMicros),
      last: isoMicros(lastMicros),
      seconds,
      signs: signs
        .slice(0, MOST_SIGNS)
        .map(({ firstMicros: at, says, place }) => ({ at: isoMicros(at), says, place })),
      observedHps: rate,
      coin,
      extrapolated:
        rate === null || seconds === 0
          ? null
          : extrapolate({ rate, firstMicros, lastMicros, coin, market, poolFee }),
    },
    contradictions: [
      ...apart(stays),
      ...afterCollection(signs, order.collectedLastMicros),
      ...logContradictions(order.facts["miner-log"].filter(({ host }) => host === order.host)),
    ],
  };
}

interface Stay extends Sign {
  readonly signs: readonly Sign[];
}

const lengthOf = ({ firstMicros, lastMicros }: Pick<Sign, "firstMicros" | "lastMicros">): number =>
  lastMicros - firstMicros;

function signsOf({ host, facts, findings }: DwellOrder): Sign[] {
  const mining = findings.filter((finding) => finding.host === host && finding.stage === "mining");
  const places = mining.flatMap(({ basis }) => basis.map(({ place }) => place));
  const about = new Set(mining.flatMap((finding) => finding.about));
  const isPart = (record: { readonly host: string; readonly place: Place }): boolean =>
    record.host === host && places.some((place) => overlaps(place, record.place));
  const point = (atMicros: number | null, says: string, place: Place): Sign[] =>
    atMicros === null ? [] : [{ firstMicros: atMicros, lastMicros: atMicros, says, place }];
  return [
    ...facts["miner-log"].filter((log) => log.host === host).flatMap(logSign),
    ...facts.process.filter(isPart).flatMap(({ startedMicros, atMicros, pid, place }) => {
      const last = atMicros ?? startedMicros;
      const first = startedMicros ?? atMicros;
      if (first === null || last === null) return [];
      const says = `process ${pid} running`;
      return [{ firstMicros: Math.min(first, last), lastMicros: Math.max(first, last), says, place }];
    }),
    ...facts.command
      .filter(isPart)
      .flatMap(({ atMicros, place }) => point(atMicros, "a command that speaks of it", place)),
    ...facts.connection
      .filter(isPart)
      .flatMap(({ atMicros, remote, place }) =>
        point(atMicros, `a connection to ${endpointText(remote)}`, place),
      ),
    ...(about.size === 0 ? [] : facts.sessions)
      .filter(({ session }) => about.has(session.id))
      .flatMap(sessionSign),
  ];
}

function logSign({ firstMicros, lastMicros, path, place }: MinerLogRecord): Sign[] {
  if (firstMicros === null || lastMicros === null) return [];
  return [{ firstMicros, lastMicros, says: `entries of its log ${path}`, place }];
}

function sessionSign({ session }: CountedSession): Sign[] {
  const { firstMicros, lastMicros, id, trail } = session;
  const place = trail[0]?.place;
  return place === undefined ? [] : [{ firstMicros, lastMicros, says: `mining session ${id}`, place }];
}

function overlaps(a: Place, b: Place): boolean {
  return (
    a.evidence === b.evidence &&
    a.atByte < b.atByte + Math.max(1, b.byteLength) &&
    b.atByte < a.atByte + Math.max(1, a.byteLength)
  );
}

/** @param signs in the order of time */
function staysOf(signs: readonly Sign[]): Stay[] {
  const stays: { firstMicros: number; lastMicros: number; says: string; place: Place; signs: Sign[] }[] = [];
  for (const sign of signs) {
    const open = stays.at(-1);
    if (open !== undefined && sign.firstMicros - open.lastMicros <= SILENCE_MICROS) {
      open.lastMicros = Math.max(open.lastMicros, sign.lastMicros);
      open.signs.push(sign);
    } else stays.push({ ...sign, signs: [sign] });
  }
  return stays;
}

/** The rate that the miner logged in this stay, else the one measured on the wire. Low and high are the
 *  lowest and highest that were logged. */
function observedRate(
  { host, facts }: DwellOrder,
  { firstMicros, lastMicros, signs }: Stay,
): Interval | null {
  const logged = facts["miner-log"]
    .filter((log) => log.host === host)
    .flatMap(({ rates }) => rates)
    .filter(({ atMicros }) => atMicros >= firstMicros && atMicros <= lastMicros)
    .map(({ hps }) => hps);
  if (logged.length > 0) {
    return {
      estimate: logged.reduce((sum, hps) => sum + hps, 0) / logged.length,
      low: logged.reduce((low, hps) => Math.min(low, hps)),
      high: logged.reduce((high, hps) => Math.max(high, hps)),
    };
  }
  const measured = facts.sessions
    .filter(({ session }) => signs.some(({ says }) => says === `mining session ${session.id}`))
    .flatMap((counted) => hashrate(counted).whole ?? []);
  return measured.sort((a, b) => b.estimate - a.estimate)[0] ?? null;
}

function apart(stays: readonly Stay[]): Contradiction[] {
  return stays.slice(1).map((stay, index) => {
    const before = stays[index] ?? stay;
    const days = Math.round((stay.firstMicros - before.lastMicros) / 86_400e6);
    return {
      says:
        `The miner shows itself until ${said(before.lastMicros)} (${lastOf(before).says}) and again from ` +
        `${said(stay.firstMicros)} (${stay.says}), ${days} days later: nothing shows that it ran between ` +
        "the two. It was stopped, a clock was wrong, or evidence is missing; no mining is counted for that " +
        "time",
      places: [lastOf(before).place, stay.place],
    };
  });
}

function lastOf({ signs }: Stay): Sign {
  return signs.reduce((last, sign) => (sign.lastMicros >= last.lastMicros ? sign : last));
}

function afterCollection(signs: readonly Sign[], collectedLast: number | null): Contradiction[] {
  if (collectedLast === null) return [];
  const late = signs.filter(({ lastMicros }) => lastMicros > collectedLast + SILENCE_MICROS);
  return late.slice(0, 1).map(({ lastMicros, says, place }) => ({
    says:
      `${says} is of ${said(lastMicros)}, after the host was collected (${said(collectedLast)}): ` +
      "a clock was wrong",
    places: [place],
  }));
}

function said(atMicros: number): string {
  return `${isoMicros(atMicros).slice(0, 19).replace("T", " ")} UTC`;
}
