import { plural } from "../numbers.ts";
import { cut, visible, visibleLines } from "../visible.ts";

/** Markup that is safe to place in the page. Only this file makes it. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | null | undefined | false | Html | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/** The one escape function of the report:
 *  for text and for quoted attributes, with unseen characters spelled out. */
export function escapeHtml(text: string): string {
  return entities(visible(text));
}

function entities(text: string): string {
  return text.replace(/[&<>"'`]/g, (char) => ENTITIES[char] ?? char);
}

/** Characters of one string in the page:
 *  a name of ten thousand stays readable, and case.json has it whole. */
const MOST_CHARACTERS = 1000;

function textOf(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === "string") return escapeHtml(cut(part, MOST_CHARACTERS));
  if (typeof part === "number") return String(part);
  if (part === null || part === undefined || part === false) return "";
  return part.map(textOf).join("");
}

/** Template tag: what stands in the template is markup,
 *  what is put into it is escaped unless it is `Html`. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0] ?? "";
  parts.forEach((part, at) => {
    text += textOf(part) + (strings[at + 1] ?? "");
  });
  return new Html(text);
}

/** A sentence in which no date is broken at its hyphens. */
export function prose(text: string): Html {
  const parts = cut(text, MOST_CHARACTERS).split(/(\d{4}-\d{2}-\d{2})/);
  return html`${parts.map((part, at) => (at % 2 === 1 ? html`<span class="time">${part}</span>` : part))}`;
}

/** A block of several lines from evidence, as it stands. */
export function pre(text: string): Html {
  return new Html(`<pre tabindex="0">${entities(visibleLines(text))}</pre>`);
}

/** What a table shows at most: beyond it, a line says how many rows are left out and where they all are. */
export const MOST_ROWS = 200;

/** A column: its heading, whether it holds numbers, and the cell of a row. */
export interface Column<Row> {
  readonly head: string;
  readonly number?: boolean;
  readonly cell: (row: Row) => Part;
}

export interface TableOptions {
  readonly caption: string;
  /** Where rows that are left out stand: "sessions.csv". */
  readonly all: string;
  readonly most?: number;
}

/** A table with column headings and the first column as row headings. */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  options: TableOptions,
): Html {
  const most = options.most ?? MOST_ROWS;
  const heading = ({ head, number }: Column<Row>): Html =>
    html`<th scope="col"${number === true ? html` class="n"` : ""}>${head}</th>`;
  const cell = (column: Column<Row>, row: Row, at: number): Html => {
    const kind = column.number === true ? html` class="n"` : html``;
    return at === 0
      ? html`<th scope="row"${kind}>${column.cell(row)}</th>`
      : html`<td${kind}>${column.cell(row)}</td>`;
  };
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${options.caption}"><table>
<caption><span>${options.caption}</span></caption>
<thead><tr>${columns.map(heading)}</tr></thead>
<tbody>
${rows.slice(0, most).map((row) => html`<tr>${columns.map((c, at) => cell(c, row, at))}</tr>\n`)}</tbody>
</table></div>
${leftOut(rows.length - most, "row", options.all)}`;
}

/** Says how many were left out, and where they all are; nothing when none were. */
export function leftOut(left: number, what: string, where: string): Html {
  if (left <= 0) return html``;
  const more = `${plural(left, `more ${what}`)} ${left === 1 ? "is" : "are"}`;
  return html`<p class="note">${more} left out here; ${where} has them all.</p>`;
}

/** A figure with its 95 % interval beneath. */
export function interval(figure: string, low: string, high: string): Html {
  return html`${figure}<span class="range">${low} – ${high}</span>`;
}

/** A section of the page with its heading. */
export function section(id: string, title: string, body: readonly Html[] | Html): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}
</section>
`;
}
