import { compareText } from "../bytes/text.ts";
import { compareIds } from "../model/order.ts";
import type { ShareRecord } from "../model/record.ts";

/** Digits from which a result or a job id is a hash, and equal for two shares only when they are one. */
const HASH_DIGITS = 32;

/** What makes a share itself: job id, nonce and result.
 *
 *  A result that is a hash stands for all three: it is the hash of the job with the nonce, and a proxy may
 *  give jobs other ids. A job id that is a hash (Ethereum's header) with its nonce is as good. Else the
 *  three together.
 */
export function identityOf({ jobId, nonce, result }: ShareRecord): string {
  if (result !== null && result.length >= HASH_DIGITS) return result;
  if (jobId !== null && jobId.length >= HASH_DIGITS) return `${jobId} ${nonce}`;
  return `${jobId} ${nonce} ${result}`;
}

/** Whether equal identities prove one share. Short ones (Bitcoin submits no hash) can be equal by chance. */
export function isProof({ jobId, result }: ShareRecord): boolean {
  return (result?.length ?? 0) >= HASH_DIGITS || (jobId?.length ?? 0) >= HASH_DIGITS;
}

/** In the order of time; then where they stand in the evidence. */
export function compareShares(a: ShareRecord, b: ShareRecord): number {
  return (
    a.atMicros - b.atMicros ||
    compareIds(a.place.evidence, b.place.evidence) ||
    a.place.atByte - b.place.atByte ||
    compareText(a.nonce, b.nonce)
  );
}
