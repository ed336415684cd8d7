import type { Followed, SeedRequest } from "../../follow/bitcoin/options.ts";
import { PaydirtError } from "../../model/error.ts";
import { bytesAt } from "../../model/place.ts";
import type { ChainContext } from "../../read/chain/source.ts";

interface Told {
  readonly desk: Pick<ChainContext, "gap">;
  readonly evidence: string;
  /** Whether the seeds were named, and did not come from a case. */
  readonly isNamed: boolean;
}

/** Tells of seeds that the source does not hold: that nothing moved is no answer where nothing was found. A
 *  family, or the addresses of a case, are told of where none of them received anything.
 *
 *  Errors: `bad-option` where seeds were named and none of them is there; else each is a gap.
 */
export function tellMissingSeeds(request: SeedRequest, followed: Followed, told: Told): void {
  if (!followed.isComplete) return;
  const { height } = followed.until;
  const upTo = height === null ? "" : ` up to block ${height.toLocaleString("en")}`;
  const says = missing(request, followed).map(
    ([asked, what]) => `Cannot follow ${asked}: the source holds no ${what}${upTo}`,
  );
  const [first] = says;
  if (first !== undefined && told.isNamed && followed.seeds.length === 0) {
    throw new PaydirtError("bad-option", first);
  }
  for (const each of says) told.desk.gap(bytesAt(told.evidence, 0, 0), "missing-transaction", each);
}

function missing(
  { outpoints, addresses }: SeedRequest,
  { seeds }: Followed,
): [asked: string, what: string][] {
  const found: [asked: string, what: string][] = [];
  for (const { txid, vout, asked } of outpoints) {
    const isThere = seeds.some((seed) => seed.txid === txid && (vout === null || seed.vout === vout));
    if (!isThere) found.push([asked, vout === null ? "such transaction" : "such output"]);
  }
  const paid = new Set(seeds.map(({ address }) => address));
  const answered = new Set(addresses.flatMap(({ address, asked }) => (paid.has(address) ? [asked] : [])));
  const unpaid = new Set(addresses.flatMap(({ asked }) => (answered.has(asked) ? [] : [asked])));
  return [...found, ...[...unpaid].map((asked): [string, string] => [asked, "payment to it"])];
}
