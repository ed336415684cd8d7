import type { Case } from "../model/case.ts";
import type { CaseWallet } from "../model/host-case.ts";
import type { Place } from "../model/place.ts";
import { type CsvColumn, csvLine } from "./csv.ts";
import { evidenceName } from "./figures.ts";
import { hostNamed } from "./words.ts";

interface Row {
  readonly wallet: CaseWallet;
  readonly what: string;
  readonly place: Place;
}

/** wallets.csv: one row a place in which an address stands. Unknown is an empty cell. */
export function walletsCsv(c: Case): string {
  const columns: readonly CsvColumn<Row>[] = [
    ["coin", ({ wallet }) => wallet.coin],
    ["address", ({ wallet }) => wallet.address],
    ["form", ({ wallet }) => wallet.form],
    ["checksum", ({ wallet }) => (wallet.checked ? "right" : "none")],
    ["hosts", ({ wallet }) => wallet.hosts.map((id) => hostNamed(c, id)).join(" ")],
    ["times", ({ wallet }) => wallet.times],
    ["stands_in", ({ what }) => what],
    ["evidence", ({ place }) => evidenceName(c, place.evidence)],
    ["line", ({ place }) => place.line],
    ["at_byte", ({ place }) => place.atByte],
    ["byte_length", ({ place }) => place.byteLength],
  ];
  const rows = c.wallets.flatMap((wallet) => wallet.seenIn.map((seen): Row => ({ wallet, ...seen })));
  return [
    csvLine(columns.map(([head]) => head)),
    ...rows.map((row) => csvLine(columns.map(([, cell]) => cell(row)))),
  ].join("");
}
