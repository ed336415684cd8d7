import type { Case } from "../model/case.ts";
import type { Place } from "../model/place.ts";
import type { CaseTrace, TraceEdge, TraceOutput } from "../model/trace.ts";
import { type CsvColumn, csvLine, pieces } from "./csv.ts";
import { evidenceName } from "./figures.ts";
import { exactly } from "./numbers.ts";
import { END_WORD, outputId, reachedOf } from "./reached.ts";
import { NO_SPEND_SEEN } from "./until.ts";

interface Of {
  readonly trace: CaseTrace;
}

interface OutputRow extends Of {
  readonly is: "seed" | "output" | "fees" | "burnt" | "unlisted";
  /** What a sum does not have is missing. */
  readonly output: Partial<TraceOutput> & Pick<TraceOutput, "dirtySats">;
  /** What kind of end it is; null for a seed. */
  readonly end: string | null;
  readonly service: string | null;
  readonly path: string | null;
}

/** Satoshi as coins, for those who add up in a spreadsheet. */
const btc = (sats: string): string => exactly(sats, 8).replaceAll(",", "");

const traceColumns: readonly CsvColumn<Of>[] = [
  ["trace", ({ trace }) => trace.id],
  ["policy", ({ trace }) => trace.policy],
  ["direction", ({ trace }) => trace.direction],
  ["coin", ({ trace }) => trace.coin],
];

const placeColumns = (c: Case): readonly CsvColumn<{ readonly place: Place }>[] => [
  ["evidence", ({ place }) => evidenceName(c, place.evidence)],
  ["line", ({ place }) => place.line],
  ["at_byte", ({ place }) => place.atByte],
  ["byte_length", ({ place }) => place.byteLength],
];

/** traces.csv: a row for each seed, each output in which coins ended, and one for the fees, for what was
 *  burnt and for what is not listed, of every trace, in pieces: `dirty_sats` of all that is no seed add up to
 *  the seeds', except by poison. Unknown is an empty cell. */
export function tracesCsv(c: Case): Iterable<string> {
  const columns: readonly CsvColumn<OutputRow>[] = [
    ...traceColumns,
    ["is", ({ is }) => is],
    ["txid", ({ output }) => output.txid ?? null],
    ["vout", ({ output }) => output.vout ?? null],
    ["address", ({ output }) => output.address ?? null],
    ["value_sats", ({ output }) => output.valueSats ?? null],
    ["dirty_sats", ({ output }) => output.dirtySats],
    ["dirty_coins", ({ output }) => btc(output.dirtySats)],
    ["height", ({ output }) => output.height ?? null],
    ["time", ({ output }) => output.at ?? null],
    ["spent", ({ output }) => output.spent ?? null],
    ["end", ({ end }) => end],
    ["stop", ({ output }) => output.stop ?? null],
    ["stop_says", ({ output }) => output.stopSays ?? null],
    ["service", ({ service }) => service],
    ["path", ({ path }) => path],
    ...placeColumns(c).map(
      ([head, cell]): CsvColumn<OutputRow> => [
        head,
        ({ output: { place } }) => (place === undefined ? null : cell({ place })),
      ],
    ),
  ];
  return written(columns, outputRows(c));
}

function* outputRows(c: Case): Iterable<OutputRow> {
  for (const trace of c.traces) {
    const paths = new Map(c.paths.filter((one) => one.trace === trace.id).map((one) => [outputId(one), one]));
    for (const { asked: _, ...seed } of trace.seeds) {
      const output = { ...seed, dirtySats: seed.valueSats };
      yield { trace, is: "seed", output, end: null, service: null, path: null };
    }
    for (const { kind, sats, outputs, service } of reachedOf(c, trace)) {
      const end = kind === "perhaps-unspent" ? NO_SPEND_SEEN : END_WORD[kind];
      if (kind === "fees" || kind === "burnt" || kind === "unlisted") {
        yield { trace, is: kind, output: { dirtySats: String(sats) }, end, service: null, path: null };
      }
      for (const output of outputs) {
        const path = paths.get(outputId(output))?.id ?? null;
        yield { trace, is: "output", output, end, service, path };
      }
    }
  }
}

interface EdgeRow extends Of {
  readonly edge: TraceEdge;
}

/** trace-edges.csv: a row for each way that coins took through a transaction, of every trace, in pieces;
 *  `vout` is empty for a fee. */
export function traceEdgesCsv(c: Case): Iterable<string> {
  const columns: readonly CsvColumn<EdgeRow>[] = [
    ...traceColumns,
    ["txid", ({ edge }) => edge.txid],
    ["vout", ({ edge }) => edge.vout],
    ["address", ({ edge }) => edge.address],
    ["value_sats", ({ edge }) => edge.valueSats],
    ["dirty_sats", ({ edge }) => edge.dirtySats],
    ["dirty_coins", ({ edge }) => btc(edge.dirtySats)],
    ["spends", ({ edge }) => edge.from.join(" ")],
    ["spends_count", ({ edge }) => edge.fromCount],
    ["height", ({ edge }) => edge.height],
    ["time", ({ edge }) => edge.at],
    ["amount_how", ({ edge }) => edge.how],
    ["role", ({ edge }) => edge.role],
    ["role_likelihood", ({ edge }) => edge.likelihood],
    ["role_confidence", ({ edge }) => edge.confidence],
    ["role_rules", ({ edge }) => edge.votes.map(({ rule, role }) => `${rule}=${role}`).join(" ")],
    ["chosen", ({ edge }) => edge.chosen],
    ...placeColumns(c).map(
      ([head, cell]): CsvColumn<EdgeRow> => [head, ({ edge }) => cell({ place: edge.place })],
    ),
  ];
  return written(columns, edgeRows(c));
}

function* edgeRows({ traces }: Case): Iterable<EdgeRow> {
  for (const trace of traces) for (const edge of trace.edges) yield { trace, edge };
}

function written<Row>(columns: readonly CsvColumn<Row>[], rows: Iterable<Row>): Iterable<string> {
  return pieces(lines(columns, rows));
}

function* lines<Row>(columns: readonly CsvColumn<Row>[], rows: Iterable<Row>): Iterable<string> {
  yield csvLine(columns.map(([head]) => head));
  for (const row of rows) yield csvLine(columns.map(([, cell]) => cell(row)));
}
