import type { Case } from "../../model/case.ts";
import type { CaseHost, Dwell } from "../../model/host-case.ts";
import * as say from "../numbers.ts";
import { hostName, STAGE_WORD } from "../words.ts";

/** A key figure of the page's head. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** Key figures of hosts: how many are hit, since when, and what their miner did. Empty without hosts. */
export function hostFigures(c: Case): readonly Figure[] {
  if (c.hosts.length === 0) return [];
  const hit = c.hosts.filter(({ story }) => story.some(({ findings }) => findings.length > 0));
  const firsts = hit.flatMap(({ story }) => story.flatMap(({ first }) => first ?? [])).sort();
  const [longest] = [...hit].sort((a, b) => (b.dwell?.seconds ?? 0) - (a.dwell?.seconds ?? 0));
  return [
    {
      label: "Hosts with findings",
      value: `${say.count(hit.length)} of ${say.count(c.hosts.length)}`,
      note: hit.slice(0, 3).map(hostName).join(", "),
    },
    ...(firsts[0] === undefined
      ? []
      : [{ label: "First sign", value: say.when(firsts[0]), note: what(c, firsts[0]) }]),
    ...(longest?.dwell == null ? [] : dwellFigures(longest, longest.dwell)),
    ...(c.wallets.length === 0 ? [] : [walletFigure(c)]),
    ...(c.clusters.length === 0
      ? []
      : [
          {
            label: "Belong together",
            value: say.plural(new Set(c.clusters.flatMap(({ hosts }) => hosts)).size, "host"),
            note: `in ${say.plural(c.clusters.length, "cluster")}`,
          },
        ]),
  ];
}

/** The chapter that begins so. */
function what(c: Case, first: string): string {
  const step = c.hosts.flatMap(({ story }) => story).find((one) => one.first === first);
  return step === undefined ? "" : STAGE_WORD[step.stage].toLowerCase();
}

function dwellFigures(
  host: CaseHost,
  { seconds, first, last, observedHps, extrapolated, coin }: Dwell,
): Figure[] {
  const whose = hostName(host);
  const seen = {
    label: "Miner seen for",
    value: say.duration(seconds),
    note: `${whose}; ${say.span(first, last)}`,
  };
  if (observedHps === null) return [seen];
  const { estimate, low, high } = observedHps;
  const range = `${say.hashrate(low)} – ${say.hashrate(high)}`;
  const rate = { label: "Hash rate observed", value: say.hashrate(estimate), note: `${whose}; ${range}` };
  if (extrapolated === null) return [seen, rate];
  const { hashes, amount, usd } = extrapolated;
  const coins =
    amount === null || coin === null
      ? "coins unknown"
      : `${say.coins(String(amount.estimate), coin)} ${say.coinSign(coin)}`;
  const worth = usd === null ? "worth unknown" : say.usd(usd.estimate);
  return [
    seen,
    rate,
    {
      label: "Extrapolated to that time",
      value: say.hashes(hashes.estimate),
      note: amount === null && usd === null ? "coins and worth unknown" : `${coins}, ${worth}; in no sum`,
    },
  ];
}

function walletFigure(c: Case): Figure {
  const checked = c.wallets.filter((wallet) => wallet.checked);
  const coins = [...new Set(checked.map(({ coin }) => say.coinSign(coin)))];
  return {
    label: "Payment addresses",
    value: say.count(c.wallets.length),
    note: coins.slice(0, 5).join(", "),
  };
}
