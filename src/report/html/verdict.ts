import type { Case, CaseSum } from "../../model/case.ts";
import type { Valuation } from "../../model/valuation.ts";
import {
  amountNote,
  caseValuations,
  countedSessions,
  hostsByShares,
  isFollowed,
  isLinked,
  moments,
  rateUnknown,
  seenTwice,
  sharesLine,
  shareTotals,
} from "../figures.ts";
import * as say from "../numbers.ts";
import { SEVERITY_WORD } from "../words.ts";
import { followFigures } from "./follow-figures.ts";
import { type Figure, hostFigures } from "./host-figures.ts";
import { type Html, html, prose } from "./markup.ts";

/** The verdict: severity as colour and word, one sentence, a few more, and the key figures. */
export function verdictPart(c: Case): Html {
  const { severity, headline, says } = c.verdict;
  return html`<header>
<p class="brand">Paydirt case report${
    c.about.caseNumber !== null ? html` · case ${c.about.caseNumber}` : ""
  }${c.about.examiner !== null ? html` · examiner ${c.about.examiner}` : ""}</p>
<div class="verdict ${severity}">
<span class="severity">${SEVERITY_WORD[severity]}</span>
<h1>${prose(headline)}</h1>
${says.map((sentence) => html`<p>${prose(sentence)}</p>\n`)}</div>
<dl class="figures">
${figures(c).map(figure)}</dl>
</header>
`;
}

function figure({ label, value, note }: Figure): Html {
  return html`<div><dt>${label}</dt><dd>${value}</dd>${note === "" ? "" : html`<dd>${note}</dd>`}</div>\n`;
}

function figures(c: Case): readonly Figure[] {
  const hosts = [...followFigures(c), ...hostFigures(c)];
  if (countedSessions(c).length === 0) return [...hosts, ...readFigures(c)];
  return [...hosts, ...minedFigures(c), ...caseValuations(c).flatMap((v) => coinFigures(c, v))];
}

function minedFigures(c: Case): readonly Figure[] {
  const sessions = countedSessions(c);
  const { hosts, mined } = hostsByShares(c);
  const shares = shareTotals(c);
  const twice = seenTwice(c);
  const first = sessions.map((s) => s.first).sort()[0] ?? null;
  const last =
    sessions
      .map((s) => s.last)
      .sort()
      .at(-1) ?? null;
  const [busiest] = hosts;
  return [
    {
      label: mined ? "Hosts that sent shares" : "Hosts that spoke a mining protocol",
      value: say.count(hosts.length),
      note: say.span(first, last),
    },
    {
      label: "Mining sessions",
      value: say.count(sessions.length),
      note:
        twice.sessions > 0
          ? `${say.plural(twice.sessions, "more session")} seen twice, not counted again`
          : "",
    },
    { label: "Shares accepted", value: say.count(shares.accepted), note: sharesNote(c) },
    ...(busiest === undefined ? [] : [rateFigure(busiest, hosts.length)]),
  ];
}

/** Rates of different coins cannot be compared, so the shares decide whose is shown. */
function rateFigure(host: CaseSum, hosts: number): Figure {
  const { hashrateHps: rate, work, id } = host;
  const unit = work?.unit ?? "hashes";
  const whose = hosts === 1 ? "" : `; ${id}`;
  return {
    label: hosts === 1 ? "Hash rate" : "Hash rate of the host with most shares",
    value: say.hashrate(rate?.estimate ?? null, unit),
    note:
      rate === null
        ? `${rateUnknown(host)}${whose}`
        : `95 %: ${say.hashrate(rate.low, unit)} – ${say.hashrate(rate.high, unit)}${whose}`,
  };
}

function sharesNote(c: Case): string {
  const twice = seenTwice(c).shares;
  const others = sharesLine(shareTotals(c)).split(", ").slice(1).join(", ");
  return [others, twice > 0 ? `${say.count(twice)} seen twice, counted once` : ""]
    .filter((s) => s !== "")
    .join("; ");
}

function coinFigures(c: Case, v: Valuation): readonly Figure[] {
  const { work, amount } = v;
  const sign = say.coinSign(v.coin);
  return [
    {
      label: `Expected ${work.unit} (${sign})`,
      value: say.hashes(work.hashes, work.unit),
      note: `95 %: ${say.hashes(work.low, work.unit)} – ${say.hashes(work.high, work.unit)}`,
    },
    {
      label: "Expected coins",
      value: say.coinAmount(amount, v.coin),
      note:
        amount === null
          ? `no amount is estimated for ${sign}`
          : [`95 %: ${say.coins(amount.low, v.coin)} – ${say.coins(amount.high, v.coin)}`, amountNote(v)]
              .filter((text) => text !== "")
              .join("; "),
    },
    ...moments(c, v).map(({ label, money, note }) => ({
      label,
      value: say.usd(money?.value ?? null),
      note:
        money === null
          ? note
          : `95 %: ${say.usd(money.low)} – ${say.usd(money.high)}; ${note}; ${money.source}`,
    })),
  ];
}

/** What was read, when there is no mining to count. */
function readFigures(c: Case): readonly Figure[] {
  const named = c.evidence.filter(({ within }) => within === null);
  const packets = c.evidence.reduce((sum, e) => sum + (e.packets ?? 0), 0);
  const files = named.reduce((sum, e) => sum + (e.files ?? 0), 0);
  const size = named.reduce((sum, e) => sum + e.bytes, 0);
  const gaps = c.gaps.reduce((sum, gap) => sum + gap.count, 0);
  const isCapture = !isLinked(c) && (packets > 0 || (c.hosts.length === 0 && !isFollowed(c)));
  return [
    {
      label: "Evidence read",
      value: say.plural(named.length, "piece"),
      note: files === 0 ? say.bytes(size) : `${say.bytes(size)}, ${say.plural(files, "file")}`,
    },
    ...(isCapture
      ? [
          { label: "Packets", value: say.count(packets), note: "" },
          { label: "Mining sessions", value: "0", note: "in what could be read" },
          {
            label: "Contacts with pools",
            value: say.count(c.contacts.length),
            note: "contact is not mining",
          },
        ]
      : []),
    { label: "Not read", value: say.plural(gaps, "gap"), note: gaps === 0 ? "" : "listed below" },
  ];
}
