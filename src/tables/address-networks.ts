import { decodeBase58Check } from "../bytes/base58check.ts";
import { segwitForm } from "../bytes/segwit-address.ts";
import { BITCOIN_NETWORKS } from "./bitcoin-networks.ts";

/** Version byte and 20-byte hash. */
const HASH_BYTES = 21;

/** Networks that an address can belong to.
 *
 *  Shape: ids of `BITCOIN_NETWORKS`, in its order; the test networks of Bitcoin share their base58 forms.
 *  Errors: none; no network where its checksum, version or length is wrong.
 */
export function addressNetworks(address: string): readonly string[] {
  const mark = address.lastIndexOf("1");
  const hrp = address.slice(0, Math.max(mark, 0)).toLowerCase();
  const segwit = BITCOIN_NETWORKS.filter((row) => row.hrp !== null && row.hrp === hrp);
  if (segwit.length > 0) return segwitForm(address) === null ? [] : segwit.map(({ id }) => id);
  const payload = decodeBase58Check(address);
  if (payload?.length !== HASH_BYTES) return [];
  return BITCOIN_NETWORKS.filter(({ p2pkh, p2sh }) => payload[0] === p2pkh || payload[0] === p2sh).map(
    ({ id }) => id,
  );
}
