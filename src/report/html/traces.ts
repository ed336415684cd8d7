import type { Case } from "../../model/case.ts";
import type { CaseWallet, Cluster, TimelineEntry } from "../../model/host-case.ts";
import { evidenceName } from "../figures.ts";
import * as say from "../numbers.ts";
import { cut } from "../visible.ts";
import { hostNamed } from "../words.ts";
import { placeHtml } from "./findings.ts";
import { type Column, type Html, html, leftOut, section, table } from "./markup.ts";
import { named } from "./who.ts";

/** Rows of the timeline in the page; timeline.jsonl has them all. */
const MOST_ENTRIES = 300;
/** Kinds of entries that tell what stood or ran on a host when it was looked at: hundreds on every host, the
 *  system's own. In the page only where a finding rests on them. */
const STANDING: ReadonlySet<string> = new Set(["autostart", "process"]);
/** Places of one wallet in the page. */
const MOST_PLACES = 3;
const MOST_CLUSTERS = 50;

/** Payment addresses and where each stands. */
export function walletsPart(c: Case): Html {
  const columns: readonly Column<CaseWallet>[] = [
    { head: "Address", cell: (w) => named(w.address) },
    { head: "Coin", cell: (w) => say.coinSign(w.coin) },
    { head: "Checksum", cell: (w) => (w.checked ? `right (${w.form})` : "its form has none") },
    { head: "Hosts", cell: (w) => w.hosts.map((id) => hostNamed(c, id)).join(", ") || "–" },
    { head: "Times", number: true, cell: (w) => say.count(w.times) },
    { head: "Stands in", cell: (w) => sightings(c, w) },
  ];
  return section(
    "wallets",
    "Payment addresses",
    table(c.wallets, columns, {
      caption: "An address shows that somebody can be paid there, not that anybody was.",
      all: "wallets.csv",
    }),
  );
}

function sightings(c: Case, { seenIn, times }: CaseWallet): Html {
  return html`<span class="wide">${seenIn.slice(0, MOST_PLACES).map(
    ({ what, place }) =>
      html`<div>${isInPlace(c, { what, place }) ? "" : html`${cut(what, 120)}<br>`}<span
class="soft">${placeHtml(c, place)}</span></div>`,
  )}${times > MOST_PLACES ? html`<div class="soft">…</div>` : ""}</span>`;
}

/** Whether the name of the evidence says the same: a file in an archive bears its own path. */
function isInPlace(c: Case, { what, place }: CaseWallet["seenIn"][number]): boolean {
  return evidenceName(c, place.evidence).endsWith(what);
}

const SHARED = { caption: "Shared values, the strongest first.", all: "case.json" };

/** Hosts that belong together, and what they share. */
export function clustersPart(c: Case): Html {
  const columns = (cluster: Cluster): readonly Column<Cluster["shared"][number]>[] => [
    { head: "What", cell: (s) => s.kind },
    { head: "Shared value", cell: (s) => named(s.value, 200) },
    { head: "Hosts", cell: (s) => s.hosts.map((id) => hostNamed(c, id)).join(", ") },
    {
      head: "Stands in",
      cell: (s) =>
        html`<span class="wide">${s.places
          .slice(0, cluster.hosts.length)
          .map((place) => html`<div class="small">${placeHtml(c, place)}</div>`)}</span>`,
    },
  ];
  return section("clusters", "Hosts that belong together", [
    html`<p>These hosts share what only one operator is likely to have. Public pools, shared hosting,
documentation addresses and tools that everyone has were not counted.</p>`,
    ...c.clusters.slice(0, MOST_CLUSTERS).map(
      (cluster) => html`<h3>${cluster.id}: ${cluster.says}</h3>
${table(cluster.shared, columns(cluster), SHARED)}`,
    ),
    leftOut(c.clusters.length - MOST_CLUSTERS, "cluster", "case.json"),
  ]);
}

/** What happened, in the order of time; only what findings rest on when there is too much. */
export function timelinePart(c: Case): Html {
  const told = c.timeline.filter(({ findings }) => findings.length > 0);
  const happened = c.timeline.filter(({ findings, what }) => findings.length > 0 || !STANDING.has(what));
  const shown = happened.length <= MOST_ENTRIES ? happened : told;
  const columns: readonly Column<TimelineEntry>[] = [
    {
      head: "Time (UTC)",
      cell: (e) =>
        html`<span class="time">${say.when(e.at).replace(" UTC", "")}</span>${
          e.how === "seen" ? "" : html`<span class="range">${e.how}</span>`
        }`,
    },
    { head: "Host", cell: (e) => (e.host === null ? "–" : hostNamed(c, e.host)) },
    { head: "What", cell: (e) => html`<span class="wide">${cut(e.says, 240)}</span>` },
    { head: "Finding", cell: (e) => e.findings.join(", ") || "–" },
    { head: "Place", cell: (e) => html`<span class="small place">${placeHtml(c, e.place)}</span>` },
  ];
  const caption = captionOf({
    shown: shown.length,
    all: c.timeline.length,
    isTold: shown.length < happened.length,
  });
  return section(
    "timeline",
    "Timeline",
    table(shown, columns, { caption, all: "timeline.jsonl", most: MOST_ENTRIES }),
  );
}

interface Shown {
  readonly shown: number;
  readonly all: number;
  readonly isTold: boolean;
}

function captionOf({ shown, all, isTold }: Shown): string {
  if (shown === all) return say.plural(shown, "event");
  const part = `${say.count(shown)} of ${say.plural(all, "event")}`;
  const which = isTold
    ? "those on which findings rest"
    : "start-up entries and processes only where a finding rests on them";
  return `${part}: ${which}. timeline.jsonl has every one of these.`;
}
