import type { Case } from "../model/case.ts";
import { thousands } from "../model/counted.ts";
import type { ServicePath } from "../model/follow-case.ts";
import { type CaseTrace, STOPS, type TraceEdge, type TraceOutput, type TraceSeed } from "../model/trace.ts";
import { waysOf } from "../model/trace-way.ts";
import { endRows, worthRow } from "./follow-rows.ts";
import * as say from "./numbers.ts";
import { END_WORD, outputId, POLICY_WORD, reachedOf } from "./reached.ts";
import { ROLE_WORD, roleHow } from "./roles.ts";
import { type Row, rows, type TerminalOptions } from "./terminal.ts";
import { basis, heading } from "./trail.ts";
import { NO_SPEND_SEEN, unspentSays } from "./until.ts";
import { cut } from "./visible.ts";

/** Steps of a way and outputs of a trace that are printed; the tables of the case have them all. */
const MOST_STEPS = 60;
const MOST_LISTED = 40;
/** Outputs that one sum names. */
const MOST_SUMMED = 6;

/** The sum of a trace: with what it begins, where it ended, and how to look closer. */
export function explainTrace(c: Case, trace: CaseTrace, options: TerminalOptions): string[] {
  const { id, policy, coin, totals, seeds, direction } = trace;
  const outputs = [...trace.outputs].sort((a, b) => Number(BigInt(b.dirtySats) - BigInt(a.dirtySats)));
  return [
    ...heading(`${id}  Followed ${DIRECTION[direction]} by ${POLICY_WORD[policy]}`, options),
    "",
    ...rows(
      [
        { label: "Rule", value: RULES[policy] },
        { label: "Began with", value: say.exactCoins(totals.seedSats, coin) },
        ...trace.worth.map(worthRow),
        ...endRows(c, { trace, ends: reachedOf(c, trace) }),
        { label: "Sum", value: sumOf(trace) },
      ],
      options,
    ),
    ...heading("It begins with", options),
    ...seeds
      .slice(0, MOST_LISTED)
      .flatMap((seed, at) => seedStep(c, seed, { ...options, trace, number: at + 1 })),
    ...left(seeds.length, "seed", "traces.csv"),
    ...heading(
      `It ${direction === "forward" ? "ends in" : "comes from"} ` +
        "(explain CASE TXID:NUMBER prints the way there)",
      options,
    ),
    ...outputs.slice(0, MOST_LISTED).flatMap((output, at) =>
      basis(
        c,
        {
          place: output.place,
          how: "",
          says: `${outputId(output)}: ${ended(c, output, trace)}`,
          excerpt: null,
        },
        { ...options, number: at + 1 },
      ),
    ),
    ...left(outputs.length, "output", "traces.csv"),
  ];
}

const left = (all: number, what: string, where: string): string[] =>
  all <= MOST_LISTED ? [] : ["", `  ${say.plural(all - MOST_LISTED, `more ${what}`)} in ${where}`];

const DIRECTION = { forward: "forward", backward: "back" } as const;

const RULES: Readonly<Record<CaseTrace["policy"], string>> = {
  fifo: "coins leave a transaction as its inputs brought them, output by output, the fee last",
  lifo: "coins that the last input brought leave first, output by output, the fee last",
  haircut: "each output holds as many of the followed coins as its part of all that was spent",
  poison: "any output of a transaction that spends followed coins is followed wholly: reach, not loss",
  tiho: "followed coins go to the largest output until it is full, then to the next; the fee last",
};

/** "7,010,000,000 = 7,009,600,000 in outputs + 400,000 fees + 0 burnt (satoshi)". */
function sumOf({ totals, policy }: CaseTrace): string {
  const { seedSats, dirtySats, feeSats, burntSats } = totals;
  const [outputs, fees, burnt] = [dirtySats, feeSats, burntSats].map(thousands);
  const parts = `${outputs} in outputs + ${fees} fees + ${burnt} burnt`;
  const isWhole = BigInt(dirtySats) + BigInt(feeSats) + BigInt(burntSats) === BigInt(seedSats);
  if (isWhole) return `${thousands(seedSats)} = ${parts} (satoshi)`;
  const why = policy === "poison" ? "poison grows by design" : "it does NOT add up";
  return `${thousands(seedSats)} became ${parts} (satoshi): ${why}`;
}

function ended(c: Case, output: TraceOutput, trace: CaseTrace): string {
  const { address, dirtySats, valueSats, stop, stopSays } = output;
  const [dirty, value] = [dirtySats, valueSats].map((sats) => say.exactCoins(sats, trace.coin));
  const amount = dirty === value ? value : `${dirty} of ${value}`;
  const lies = output.spent === false ? unspentSays(c, trace) : NO_SPEND_SEEN;
  const why = stop === undefined ? lies : `${END_WORD[stop]}: ${cut(stopSays ?? STOPS[stop], 200)}`;
  return `${amount} at ${address ?? "no address"}; ${stop === "coinbase" ? (stopSays ?? why) : why}`;
}

interface Step extends TerminalOptions {
  readonly trace: CaseTrace;
  readonly number: number;
}

function seedStep(c: Case, seed: TraceSeed, { trace, ...options }: Step): string[] {
  const amount = say.exactCoins(seed.valueSats, trace.coin);
  const says = `${outputId(seed)}: ${amount} at ${seed.address ?? "no address"}, asked for as ${seed.asked}`;
  return basis(c, { place: seed.place, how: "seen", says, excerpt: null }, options);
}

/** What every trace says of one output: the way to it hop by hop, each with the sum of its transaction. */
export function explainOutput(c: Case, id: string, options: TerminalOptions): string[] {
  return c.traces.flatMap((trace) => {
    const book = bookOf(trace);
    if (!book.edges.has(id) && !book.seeds.has(id) && !book.outputs.has(id)) return [];
    const output = book.outputs.get(id);
    const amount = book.dirtyOf(id);
    return [
      ...heading(
        `${id} in ${trace.id}, ${DIRECTION[trace.direction]} by ${POLICY_WORD[trace.policy]}`,
        options,
      ),
      "",
      ...rows(
        [
          { label: "Followed", value: amount === null ? say.UNKNOWN : say.exactCoins(amount, trace.coin) },
          ...(output === undefined ? [] : [{ label: "Ends here", value: ended(c, output, trace) }]),
          ...segmentRow(output),
          { label: "Rule", value: RULES[trace.policy] },
        ],
        options,
      ),
      ...wayLines(c, waysOf(trace)(id), { ...options, trace, book }),
    ];
  });
}

function segmentRow(output: TraceOutput | undefined): readonly Row[] {
  const segments = output?.segments ?? [];
  if (segments.length === 0) return [];
  const named = segments
    .slice(0, MOST_SUMMED)
    .map(([first, length]) => `${thousands(length)} from ${thousands(first)} on`);
  const more = segments.length > MOST_SUMMED ? `, and ${segments.length - MOST_SUMMED} more` : "";
  return [{ label: "Stretches", value: `satoshi ${named.join(", ")}${more}` }];
}

/** The way of `paths[]`, with what can be asked. */
export function explainPath(c: Case, path: ServicePath, options: TerminalOptions): string[] {
  const trace = c.traces.find(({ id }) => id === path.trace);
  if (trace === undefined) return [];
  const amount = say.exactCoins(path.dirtySats, trace.coin);
  const hops = path.hops.map((hop) => outputId(hop));
  return [
    ...heading(`${path.id}  The way of ${amount} to ${cut(path.service ?? path.stop, 80)}`, options),
    "",
    ...rows(
      [
        { label: "Next", value: path.nextStep },
        ...path.worth.map(worthRow),
        { label: "By", value: `${POLICY_WORD[trace.policy]}: ${RULES[trace.policy]}` },
        ...(path.hopCount > hops.length
          ? [{ label: "Left out", value: `${say.plural(path.hopCount - hops.length, "hop")} in the middle` }]
          : []),
      ],
      options,
    ),
    ...wayLines(c, hops, { ...options, trace, book: bookOf(trace) }),
  ];
}

interface Book {
  readonly edges: ReadonlyMap<string, TraceEdge>;
  readonly byTransaction: ReadonlyMap<string, readonly TraceEdge[]>;
  readonly seeds: ReadonlyMap<string, TraceSeed>;
  readonly outputs: ReadonlyMap<string, TraceOutput>;
  dirtyOf(id: string): string | null;
}

function bookOf(trace: CaseTrace): Book {
  const edges = new Map(trace.edges.map((edge) => [outputId(edge), edge]));
  const seeds = new Map(trace.seeds.map((seed) => [outputId(seed), seed]));
  const outputs = new Map(trace.outputs.map((output) => [outputId(output), output]));
  const byTransaction = new Map<string, TraceEdge[]>();
  for (const edge of trace.edges) {
    const known = byTransaction.get(edge.txid);
    if (known === undefined) byTransaction.set(edge.txid, [edge]);
    else known.push(edge);
  }
  const dirtyOf = (id: string): string | null =>
    seeds.get(id)?.valueSats ?? edges.get(id)?.dirtySats ?? outputs.get(id)?.dirtySats ?? null;
  return { edges, seeds, outputs, byTransaction, dirtyOf };
}

interface Way extends TerminalOptions {
  readonly trace: CaseTrace;
  readonly book: Book;
}

function wayLines(c: Case, way: readonly string[], { trace, book, ...options }: Way): string[] {
  const more = way.length - MOST_STEPS;
  const shown = more > 0 ? [...way.slice(0, MOST_STEPS / 2), ...way.slice(-MOST_STEPS / 2)] : way;
  return [
    ...heading("The way there", options),
    ...shown.flatMap((id, n) => {
      const number = more > 0 && n >= MOST_STEPS / 2 ? n + more + 1 : n + 1;
      const seed = book.seeds.get(id);
      if (seed !== undefined) return seedStep(c, seed, { ...options, trace, number });
      const edge = book.edges.get(id);
      if (edge === undefined) return ["", `  ${number}. ${id}`];
      const { place, how } = edge;
      return [
        ...basis(c, { place, how, says: hopSays(edge, trace), excerpt: null }, { ...options, number }),
        ...rows([{ label: "   ", value: hopSum(edge, { trace, book }) }], options),
      ];
    }),
    ...(more > 0 ? ["", `  ${say.plural(more, "hop")} between stand in trace-edges.csv`] : []),
  ];
}

function hopSays(edge: TraceEdge, { coin }: CaseTrace): string {
  const { dirtySats, valueSats, address, role, at } = edge;
  const amount = `${say.exactCoins(dirtySats, coin)} of ${say.exactCoins(valueSats, coin)}`;
  const to = `to ${address ?? "no address"}${at === null ? "" : `, ${say.when(at)}`}`;
  return `${outputId(edge)}: ${amount} ${to}; ${ROLE_WORD[role]} (${roleHow(edge)})`;
}

/** The sum of the hop's transaction in satoshi: what it spends of the followed coins, and what each output
 *  got by the policy. */
function hopSum(edge: TraceEdge, { trace, book }: Pick<Way, "trace" | "book">): string {
  const spent = edge.from.map((id) => book.dirtyOf(id));
  const known = spent.flatMap((sats) => sats ?? []);
  const parts = (book.byTransaction.get(edge.txid) ?? []).map(({ vout, dirtySats }) => {
    const name = vout === null ? "fee" : vout === edge.vout ? `output ${vout}, this one` : `output ${vout}`;
    return `${thousands(dirtySats)} (${name})`;
  });
  const shown = parts.slice(0, MOST_SUMMED).join(" + ");
  const more = parts.length > MOST_SUMMED ? ` + ${parts.length - MOST_SUMMED} more` : "";
  const total = known.reduce((sum, sats) => sum + BigInt(sats), 0n);
  const isWhole = known.length === edge.fromCount;
  const into = isWhole ? `${thousands(String(total))} spent` : "what was spent";
  return `by ${POLICY_WORD[trace.policy]}: ${into} → ${shown}${more}, satoshi`;
}
