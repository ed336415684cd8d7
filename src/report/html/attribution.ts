import type { Case } from "../../model/case.ts";
import type { AddressOwner, CaseSwap, CaseTag } from "../../model/follow-case.ts";
import { swapSums } from "../../model/swap-sums.ts";
import * as say from "../numbers.ts";
import { cut, cutMiddle } from "../visible.ts";
import { likelihood, ownerLikelihood } from "../words.ts";
import { placeHtml } from "./findings.ts";
import { type Column, type Html, html, section, table } from "./markup.ts";
import { named } from "./who.ts";

const MOST_ADDRESSES = 3;

const small = (text: string): Html => html`<span class="small">${text}</span>`;

/** Who seems to hold which addresses: clusters of addresses, and what lists say of them. */
export function ownersPart(c: Case): Html {
  const columns: readonly Column<AddressOwner>[] = [
    { head: "Owner", cell: ({ id, says }) => html`${id}${small(cut(says, 240))}` },
    {
      head: "Addresses",
      cell: ({ addresses, addressCount }) =>
        html`<span class="wide">${addresses
          .slice(0, MOST_ADDRESSES)
          .map((one) => html`<div class="id">${one}</div>`)}${
          addressCount > Math.min(MOST_ADDRESSES, addresses.length)
            ? small(`of ${say.count(addressCount)}; owners.csv has those that are listed`)
            : ""
        }</span>`,
    },
    { head: "Joined by", cell: ({ joins }) => html`${joins.map(joinLine)}` },
    {
      head: "Likelihood",
      cell: (owner) =>
        html`${ownerLikelihood(owner)}<span class="range">${owner.confidence} confidence</span>`,
    },
    { head: "Tags", cell: ({ tags }) => cut(tags.join(", "), 120) || "–" },
  ];
  return section("owners", "Who holds which addresses", [
    html`<p>Addresses that were spent together are likely to have one owner; CoinJoins are left out of that.
It is an opinion, and how often its rules are wrong stands beside them where somebody measured it.</p>`,
    ...(c.owners.length === 0
      ? []
      : [
          table(c.owners, columns, { caption: "Addresses that one owner seems to hold.", all: "owners.csv" }),
        ]),
    ...(c.tags.length === 0 ? [] : [html`<h3>Tags</h3>`, tagsTable(c)]),
  ]);
}

function joinLine({ rule, txCount, errorShare, source, txids }: AddressOwner["joins"][number]): Html {
  const wrong = errorShare === null ? "error not measured" : `wrong in ${say.percent(errorShare)}`;
  const first = txids[0] === undefined ? "" : `; first ${cutMiddle(txids[0], 15)}`;
  return html`<div>${rule}, ${say.plural(txCount, "transaction")}<span class="small">${wrong}; ${source}${
    first
  }</span></div>`;
}

function tagsTable(c: Case): Html {
  const columns: readonly Column<CaseTag>[] = [
    {
      head: "Tag",
      cell: ({ id, label }) =>
        html`<span class="wide">${named(label)}<span class="range">${id}</span></span>`,
    },
    { head: "Address", cell: ({ address }) => html`<span class="id wide">${address}</span>` },
    {
      head: "Kind",
      cell: ({ category, abuse }) => [category, abuse].flatMap((one) => one ?? []).join(", ") || "–",
    },
    {
      head: "Who says so",
      cell: ({ list, source, date, confidence }) =>
        html`<span class="wide">${cut(list, 80)}${small(
          [source ?? "no source", date ?? "undated", confidence ?? "confidence not told"]
            .map((one) => cut(one, 100))
            .join("; "),
        )}</span>`,
    },
    {
      head: "Doubt",
      cell: ({ conflicts, caution }) =>
        html`${
          conflicts.length === 0 ? "" : html`<strong>disagrees with ${cut(conflicts.join(", "), 80)}</strong>`
        }${caution === null ? "" : small(cut(caution, 240))}${
          conflicts.length === 0 && caution === null ? "–" : ""
        }`,
    },
    { head: "Place", cell: ({ place }) => html`<span class="small place">${placeHtml(c, place)}</span>` },
  ];
  return table(c.tags, columns, {
    caption: "What lists say of addresses that were met. Tags that disagree stand side by side.",
    all: "tags.csv",
  });
}

/** Swaps of one coin for another, with sums by pair. */
export function swapsPart(c: Case): Html {
  const sums = swapSums(c.swaps);
  const columns: readonly Column<CaseSwap>[] = [
    {
      head: "Swap",
      cell: ({ id, service, status, times }) =>
        html`${id}<span class="small">${[
          service ?? "service unknown",
          status ?? "",
          times > 1 ? `listed ${say.plural(times, "time")}, counted once` : "",
        ]
          .filter((text) => text !== "")
          .map((text) => cut(text, 80))
          .join("; ")}</span>`,
    },
    { head: "Gave", cell: ({ from }) => sideHtml(from) },
    { head: "Got", cell: ({ to }) => sideHtml(to) },
    { head: "When", cell: ({ at }) => say.when(at) },
    {
      head: "Joined to",
      cell: ({ joins }) =>
        html`${joins
          .slice(0, 3)
          .map(
            ({ to, rule, says, ...sure }) =>
              html`<div><span class="id">${cutMiddle(to, 21)}</span>${small(
                `${rule}, ${likelihood(sure.likelihood)}, ${sure.confidence} confidence: ${cut(says, 160)}`,
              )}</div>`,
          )}${joins.length === 0 ? "–" : ""}`,
    },
    { head: "Place", cell: ({ place }) => html`<span class="small place">${placeHtml(c, place)}</span>` },
  ];
  return section("swaps", "Swaps into other coins", [
    table(sums, SUM_COLUMNS, {
      caption: "Sums by pair of coins; a record counts once.",
      all: "case.json",
    }),
    table(c.swaps, columns, { caption: "Swaps as records tell them.", all: "case.json" }),
  ]);
}

const SUM_COLUMNS: readonly Column<ReturnType<typeof swapSums>[number]>[] = [
  { head: "Pair", cell: ({ from, to }) => `${say.coinSign(from)} → ${say.coinSign(to)}` },
  { head: "Swaps", number: true, cell: ({ swaps }) => say.count(swaps) },
  { head: "Gave", number: true, cell: ({ given, from }) => sumOf(given, from) },
  { head: "Got", number: true, cell: ({ got, to }) => sumOf(got, to) },
];

function sumOf(amount: string | null, coin: string): string {
  return amount === null ? say.UNKNOWN : `${amount} ${say.coinSign(coin)}`;
}

function sideHtml({ coin, amount, address, txid }: CaseSwap["from"]): Html {
  return html`<span class="wide">${cut(amount, 40)} ${say.coinSign(coin)}<span class="small id">${
    address ?? "address unknown"
  }</span>${txid === null ? "" : html`<span class="small id">${cutMiddle(txid, 21)}</span>`}</span>`;
}
