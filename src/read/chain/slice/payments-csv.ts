import { parseIso } from "../../../bytes/time.ts";
import { type CsvRow, csvHeader, eachRow } from "../csv-rows.ts";
import { isTxid } from "../esplora-tx.ts";
import type { Gaps } from "../listed-file.ts";
import type { SliceContents } from "./contents.ts";
import { blockMicros, type Payment, satsOf, satsOfCoins, writtenUint32 } from "./payment.ts";

/** Names that columns go by. Amounts are coins only where the header says so. */
const COLUMNS: ReadonlyMap<string, string> = new Map([
  ["txid", "txid"],
  ["tx_hash", "txid"],
  ["hash", "txid"],
  ["time", "time"],
  ["timestamp", "time"],
  ["block_time", "time"],
  ["date", "time"],
  ["address", "address"],
  ["satoshi", "satoshi"],
  ["satoshis", "satoshi"],
  ["sats", "satoshi"],
  ["value_sats", "satoshi"],
  ["btc", "btc"],
  ["value_btc", "btc"],
  ["amount_btc", "btc"],
  ["value (btc)", "btc"],
  ["vout", "vout"],
  ["height", "height"],
  ["block_height", "height"],
  ["spent_by", "spentBy"],
  ["spent_txid", "spentBy"],
]);
const NEEDS = ["txid", "time", "address"];
const SHAPE = { columns: COLUMNS, needs: NEEDS };

/** Whether a line is the header of a table of payments. */
export function isPaymentsHeader(line: string): boolean {
  const names = csvHeader(line, SHAPE)?.names ?? [];
  return names.includes("satoshi") !== names.includes("btc");
}

/** Reads `txid,time,address,satoshi` with columns in any order, and optional `vout`, `height`, `spent_by`.
 *
 *  Shape: times in seconds since 1970 or ISO 8601 with a zone.
 *  Errors: as `SliceContents.takeTx`; a row that is no payment is a gap.
 */
export async function readPaymentsCsv(contents: SliceContents, gaps: Gaps): Promise<void> {
  const { file } = contents;
  const fault: (place: Payment["place"], says: string) => void = (place, says) =>
    gaps.gap(place, "malformed-line", `Cannot read a row of ${file.name}: ${says}`);
  await eachRow(file, gaps, {
    ...SHAPE,
    fault,
    take(row) {
      const payment = paymentOf(row);
      if (typeof payment === "string") fault(row.place, payment);
      else contents.takePayment(payment);
    },
  });
}

function paymentOf({ cells, place }: CsvRow): Payment | string {
  const txid = cells.get("txid")?.toLowerCase();
  if (!isTxid(txid)) return "its txid has not 64 hex digits";
  const address = cells.get("address");
  if (address === undefined) return "it has no address";
  const coins = cells.get("btc");
  const valueSats = coins === undefined ? satsOf(cells.get("satoshi")) : satsOfCoins(coins);
  if (valueSats === null) return "its amount is none";
  const time = cells.get("time") ?? "";
  const atMicros = /^\d+$/.test(time) ? blockMicros(time) : parseIso(time);
  if (atMicros === null) return "its time is neither seconds since 1970 nor ISO 8601 with a zone";
  const vout = writtenUint32(cells.get("vout"));
  if (vout === null && cells.has("vout")) return "its vout is no whole number";
  const height = writtenUint32(cells.get("height"));
  if (height === null && cells.has("height")) return "its height is no whole number";
  const spentBy = cells.get("spentBy")?.toLowerCase() ?? null;
  if (spentBy !== null && !isTxid(spentBy)) return "what spends it has not 64 hex digits";
  return { txid, vout, address, valueSats, height, atMicros, spentBy, place };
}
