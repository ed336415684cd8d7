import type { Contradiction } from "../model/host-case.ts";
import type { MinerLogRecord } from "../model/host-record.ts";
import { garwood } from "../stats/garwood.ts";

/** Shares from which a count says something of a rate. */
const LEAST_SHARES = 5;

/** Logs whose accepted shares cannot come from the rate that they print.
 *
 *  Method: accepted shares are Poisson; the shares expected of the printed rate over the log's time must lie
 *  in Garwood's interval of those counted.
 */
export function logContradictions(logs: readonly MinerLogRecord[]): Contradiction[] {
  return logs.flatMap((log) => {
    const { accepted, acceptedHashes, firstMicros, lastMicros, rates, place, path } = log;
    if (accepted === null || acceptedHashes === null || accepted < LEAST_SHARES) return [];
    if (firstMicros === null || lastMicros === null || rates.length === 0 || lastMicros <= firstMicros)
      return [];
    const printed = rates.reduce((sum, { hps }) => sum + hps, 0) / rates.length;
    const seconds = (lastMicros - firstMicros) / 1e6;
    const expected = (printed * seconds * accepted) / acceptedHashes;
    const { low, high } = garwood(accepted);
    // A log has pauses and dev fees: within a factor of two it agrees.
    if (expected >= low / 2 && expected <= high * 2) return [];
    const shares = Math.round(expected).toLocaleString("en-US");
    return [
      {
        says:
          `${path} prints ${Math.round(printed).toLocaleString("en-US")} H/s, which would bring about ` +
          `${shares} shares in its time, but counts ${accepted.toLocaleString("en-US")} accepted`,
        places: [place, ...rates.slice(0, 1).map((rate) => rate.place)],
      },
    ];
  });
}
