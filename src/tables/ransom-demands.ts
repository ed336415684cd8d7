/** A range of demanded amounts, both ends included, as decimals. */
export interface DemandBand {
  readonly unit: "usd" | "btc";
  readonly low: string;
  readonly high: string;
}

/** What a family asks one victim for. */
interface DemandRow {
  /** As lists name it, in lower case and without what is no letter or digit. */
  readonly families: readonly string[];
  readonly bands: readonly DemandBand[];
  readonly source: string;
}

/** What was asked for, where it was about the same for every victim; families that set a price for each of
 *  them (Ryuk, Conti, REvil …) have no row. Dollars that fell due in bitcoin are a band of a sixth on either
 *  side: rates differ between the note, the exchange and the day's close. Conti et al. take 250–350 and
 *  500–700 dollars for WannaCry.
 */
const DEMANDS: readonly DemandRow[] = [
  {
    families: ["wannacry", "wannacry20", "wannacrypt"],
    bands: [usd("250", "350"), usd("500", "700")],
    source: "300, after three days 600 dollars; bands: Conti, Gangwal, Ruj, Computers & Security 79 (2018)",
  },
  {
    families: ["locky"],
    bands: [btc("0.5", "1")],
    source: "0.5 to 1 BTC: Sophos, Naked Security, 2016-02-17",
  },
  {
    families: ["cryptolocker"],
    bands: [btc("0.3", "2"), btc("10", "10")],
    source: "2, later 1, 0.5 and 0.3 BTC, late payers 10: Liao, Zhao, Doupé, Ahn, eCrime 2016",
  },
  {
    families: ["notpetya", "petya"],
    bands: [usd("250", "350")],
    source: "300 dollars: the note of 2017-06-27",
  },
  {
    families: ["cryptxxx"],
    bands: [btc("1.2", "2.4")],
    source: "1.2 to 2.4 BTC: SentinelOne, 2016-06-27",
  },
  {
    families: ["qlocker"],
    bands: [btc("0.01", "0.03")],
    source: "0.01, later 0.03 BTC: Bleeping Computer, 2021-04-21 and 2021-05",
  },
];

export interface KnownDemand {
  readonly bands: readonly DemandBand[];
  readonly source: string;
}

/** What a family of ransomware is known to ask for; null: not known, or different for every victim. */
export function demandOf(family: string): KnownDemand | null {
  const key = family.toLowerCase().replace(/[^a-z0-9]/g, "");
  return DEMANDS.find(({ families }) => families.includes(key)) ?? null;
}

const BAND = /^(\d{1,12}(?:\.\d{1,8})?)(?:\s?[-–]\s?(\d{1,12}(?:\.\d{1,8})?))?\s?(usd|btc)?$/i;

/** A band as a user writes it: "250-350" or "250-350usd" (dollars), "0.4-1.2btc", "2btc" (exactly that).
 *
 *  Errors: none; null for what is no such band, or ends below its beginning.
 */
export function parseBand(text: string): DemandBand | null {
  const match = text.length <= 60 ? BAND.exec(text.trim()) : null;
  if (match === null) return null;
  const [, low = "", high = low, unit = "usd"] = match;
  if (Number(high) < Number(low) || Number(high) === 0) return null;
  return { unit: unit.toLowerCase() === "btc" ? "btc" : "usd", low, high };
}

function usd(low: string, high: string): DemandBand {
  return { unit: "usd", low, high };
}

function btc(low: string, high: string): DemandBand {
  return { unit: "btc", low, high };
}
