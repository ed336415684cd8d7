import { COINHIVE, CRYPTONOTE, MONERO_DAEMON } from "./dialect-cryptonote.ts";
import {
  ETH_GETWORK,
  ETH_GETWORK_HTTP,
  ETHEREUM_STRATUM_1,
  ETHEREUM_STRATUM_2,
  KAWPOW,
} from "./dialect-ethereum.ts";
import { GETBLOCKTEMPLATE, GETWORK, STRATUM_V1, STRATUM_V2, ZCASH } from "./dialect-mining.ts";
import type { DialectRow } from "./dialect-row.ts";

export type { DialectRow, Field, Means, MessageRow, Proof, WorkRule } from "./dialect-row.ts";

/** The languages between miners and pools. The order is semantic: specific first. As long as several
 *  explain what was seen, the last of them names the session, so the catch-all of the mining.* family
 *  stands behind its kin. */
export const DIALECTS: readonly DialectRow[] = [
  CRYPTONOTE,
  COINHIVE,
  ETHEREUM_STRATUM_2,
  ETHEREUM_STRATUM_1,
  KAWPOW,
  ZCASH,
  ETH_GETWORK,
  ETH_GETWORK_HTTP,
  MONERO_DAEMON,
  GETBLOCKTEMPLATE,
  GETWORK,
  STRATUM_V2,
  STRATUM_V1,
];

const BY_ID: ReadonlyMap<string, DialectRow> = new Map(DIALECTS.map((row) => [row.id, row]));

export function dialectById(id: string): DialectRow | null {
  return BY_ID.get(id) ?? null;
}
