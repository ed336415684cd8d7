import type { Case } from "../model/case.ts";
import type { CaseHost } from "../model/host-case.ts";
import * as say from "./numbers.ts";
import type { Row } from "./terminal.ts";
import { cut, cutMiddle, visible } from "./visible.ts";
import { hostName, STAGE_WORD } from "./words.ts";

/** Hosts, wallets and contradictions named in the summary; the report has them all. */
const MOST_NAMED = 4;
const MOST_SAID = 400;

/** What host evidence adds to the closing table. */
export function hostRows(c: Case): readonly Row[] {
  return [...stories(c), ...dwells(c), ...misfits(c), ...wallets(c), ...clusters(c), ...custody(c)];
}

function stories({ hosts }: Case): readonly Row[] {
  if (hosts.length === 0) return [];
  const told = [...hosts].sort((a, b) => b.story.length - a.story.length).slice(0, MOST_NAMED);
  const column = Math.max(...told.map((host) => shown(host).length)) + 2;
  const lines = told.map((host) => `${shown(host).padEnd(column)}${chapters(host)}`);
  const more = hosts.length - told.length;
  return [
    {
      label: hosts.length === 1 ? "Host" : `${say.count(hosts.length)} hosts`,
      value: lines,
      note: more > 0 ? `and ${say.plural(more, "more host")}` : "",
    },
  ];
}

const shown = (host: CaseHost): string => cutMiddle(visible(hostName(host)), 28);

const wordOf = ({ stage }: CaseHost["story"][number]): string => STAGE_WORD[stage].toLowerCase();

function chapters({ story, collector }: CaseHost): string {
  if (story.length === 0) return "nothing to report";
  if (collector === "honeypot") return `honeypot, attempts: ${story.map(wordOf).join(", ")}`;
  return story
    .map((step) => (step.findings.length === 0 ? `${wordOf(step)}: missing` : wordOf(step)))
    .join(" → ");
}

function dwells({ hosts }: Case): readonly Row[] {
  return hosts
    .filter(({ dwell }) => dwell !== null)
    .slice(0, MOST_NAMED)
    .flatMap((host): Row[] => {
      const { dwell } = host;
      if (dwell === null) return [];
      const rate = dwell.observedHps === null ? "" : `, ${say.hashrateInterval(dwell.observedHps)}`;
      const whose = hosts.length === 1 ? "" : `${shown(host)}: `;
      const value = `${whose}${say.span(dwell.first, dwell.last)}, ${say.duration(dwell.seconds)}${rate}`;
      return [{ label: "Miner seen", value, note: extrapolated(dwell) }];
    });
}

function extrapolated({ extrapolated: found, coin }: NonNullable<CaseHost["dwell"]>): string {
  if (found === null) return "";
  const { hashes, amount, usd } = found;
  const worth = usd === null ? "" : `, ${say.usd(usd.estimate)}`;
  const coins =
    amount === null || coin === null
      ? ""
      : `, ${say.coins(String(amount.estimate), coin)} ${say.coinSign(coin)}`;
  return `extrapolated to that time: ${say.hashes(hashes.estimate)}${coins}${worth}; in no sum`;
}

function misfits({ hosts }: Case): readonly Row[] {
  const all = hosts.flatMap(({ contradictions }) => contradictions);
  const [first] = all;
  if (first === undefined) return [];
  const more = all.length > 1 ? `and ${say.count(all.length - 1)} more in the report` : "";
  return [{ label: "Does not fit", value: cut(first.says, MOST_SAID), note: more }];
}

function wallets({ wallets: all }: Case): readonly Row[] {
  const checked = all.filter(({ checked: right }) => right);
  if (checked.length === 0) return [];
  const named = checked
    .slice(0, MOST_NAMED)
    .map(({ coin, address }) => `${say.coinSign(coin)} ${cutMiddle(address, 27)}`);
  const more = checked.length - named.length;
  return [
    {
      label: "Addresses",
      value: named,
      note: more > 0 ? `and ${say.plural(more, "more payment address", "more payment addresses")}` : "",
    },
  ];
}

function clusters({ clusters: all }: Case): readonly Row[] {
  if (all.length === 0) return [];
  const lines = all.slice(0, MOST_NAMED).map(({ id, says }) => `${id}: ${says}`);
  return [{ label: "Clusters", value: lines }];
}

function custody({ evidence }: Case): readonly Row[] {
  const told = evidence.filter(({ custody: one }) => one !== null && one.agrees !== null);
  if (told.length === 0) return [];
  const wrong = told.filter(({ custody: one }) => one?.agrees === false);
  const files = say.plural(told.length, "file");
  const value =
    wrong.length === 0
      ? `${files}: the hash in the collector's log is right`
      : `${say.count(wrong.length)} of ${files}: NOT the hash in the collector's log`;
  return [{ label: "Custody", value }];
}
