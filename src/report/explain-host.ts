import type { Case } from "../model/case.ts";
import type { CaseHost, CaseWallet, Cluster } from "../model/host-case.ts";
import * as say from "./numbers.ts";
import { type Row, rows, type TerminalOptions } from "./terminal.ts";
import { basis, heading } from "./trail.ts";
import { cut } from "./visible.ts";
import { hostName, hostNamed, STAGE_WORD } from "./words.ts";

/** Signs, places and the like that are printed; case.json has them all. */
const MOST_PRINTED = 40;

/** A host: what is known of it, its story, the signs of its miner and what does not fit. */
export function explainHost(c: Case, host: CaseHost, options: TerminalOptions): string[] {
  return [
    ...heading(`${host.id}  ${cut(hostName(host), 200)}`, options),
    "",
    ...rows(hostRows(c, host), options),
    ...host.story.flatMap((step) => [
      ...heading(
        `${STAGE_WORD[step.stage]}${step.first === null ? "" : `, ${say.span(step.first, step.last)}`}`,
        options,
      ),
      ...rows(chapterRows(c, step), options),
    ]),
    ...(host.dwell === null ? [] : heading("Signs of the miner", options)),
    ...(host.dwell?.signs ?? [])
      .slice(0, MOST_PRINTED)
      .flatMap(({ at, says, place }, number) =>
        step(c, { place, says: `${say.when(at)} ${says}` }, { ...options, number: number + 1 }),
      ),
    ...(host.contradictions.length === 0 ? [] : heading("What does not fit", options)),
    ...host.contradictions.flatMap(({ says, places }, number) =>
      places.slice(0, 1).flatMap((place) => step(c, { place, says }, { ...options, number: number + 1 })),
    ),
  ];
}

/** A chapter's findings one by one; a chapter that is missing says so. */
function chapterRows(c: Case, { findings, says }: CaseHost["story"][number]): readonly Row[] {
  if (findings.length === 0) return [{ label: "missing", value: cut(says, 600) }];
  return findings.map((id) => {
    const summary = c.findings.find((finding) => finding.id === id)?.summary ?? says;
    return { label: id, value: cut(summary, 600) };
  });
}

function hostRows(c: Case, host: CaseHost): readonly Row[] {
  const row = (label: string, value: string | null): Row[] =>
    value === null || value === "" ? [] : [{ label, value: cut(value, 600) }];
  const { dwell } = host;
  return [
    ...row("System", host.os),
    ...row("Addresses", host.addresses.join(", ")),
    ...row("Time zone", host.zone),
    ...row("Times", host.clock.join("; ")),
    ...row(
      "Collected",
      host.collectedFirst === null ? null : say.span(host.collectedFirst, host.collectedLast),
    ),
    ...row("Collected by", host.collector),
    ...row("Miner seen", dwell === null ? null : `${say.span(dwell.first, dwell.last)}`),
    ...row("Hash rate", dwell === null ? null : say.hashrateInterval(dwell.observedHps)),
    ...row("Extrapolated", dwell?.extrapolated == null ? null : extrapolated(dwell.extrapolated)),
    ...row("Evidence", `${say.plural(host.evidence.length, "piece")} of ${say.count(c.evidence.length)}`),
  ];
}

function extrapolated({
  hashes,
  usd,
  says,
}: NonNullable<NonNullable<CaseHost["dwell"]>["extrapolated"]>): string {
  const money = usd === null ? "" : `, ${say.usd(usd.estimate)}`;
  const range = `${say.hashes(hashes.low)} – ${say.hashes(hashes.high)}`;
  return `${say.hashes(hashes.estimate)} (${range})${money}. ${says}`;
}

/** A payment address and every place in which it stands. */
export function explainWallet(c: Case, wallet: CaseWallet, options: TerminalOptions): string[] {
  const { coin, address, form, checked, hosts, times, seenIn } = wallet;
  return [
    ...heading(address, options),
    "",
    ...rows(
      [
        { label: "Coin", value: say.coinSign(coin) },
        { label: "Checksum", value: checked ? `right (${form})` : "its form has none" },
        { label: "Hosts", value: hosts.map((id) => hostNamed(c, id)).join(", ") || "–" },
        { label: "Times", value: say.count(times) },
      ],
      options,
    ),
    ...heading("Where it stands", options),
    ...seenIn
      .slice(0, MOST_PRINTED)
      .flatMap(({ what, place }, number) =>
        step(c, { place, says: what }, { ...options, number: number + 1 }),
      ),
  ];
}

/** Hosts that belong together, and the places of what they share. */
export function explainCluster(c: Case, cluster: Cluster, options: TerminalOptions): string[] {
  return [
    ...heading(`${cluster.id}  ${cluster.says}`, options),
    "",
    ...rows([{ label: "Hosts", value: cluster.hosts.map((id) => hostNamed(c, id)).join(", ") }], options),
    ...cluster.shared
      .slice(0, MOST_PRINTED)
      .flatMap(({ kind, value, hosts, places }) => [
        ...heading(`${kind}: ${cut(value, 300)}`, options),
        ...places.flatMap((place, at) =>
          step(c, { place, says: hostNamed(c, hosts[at] ?? "") }, { ...options, number: at + 1 }),
        ),
      ]),
  ];
}

function step(
  c: Case,
  { place, says }: Pick<Parameters<typeof basis>[1], "place" | "says">,
  options: TerminalOptions & { readonly number: number },
): string[] {
  return basis(c, { place, says, how: "", excerpt: null }, options);
}
