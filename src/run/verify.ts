import { openCase, type Verification, type VerifyOptions, verifyCase } from "../store/index.ts";

/** Hashes a case and its evidence again and compares both with its manifest.
 *
 *  Errors: `bad-case` and `cannot-read` for the case itself; what is wrong with a file of it, or with its
 *  evidence, is a result. The reason of `signal` when it fires.
 */
export async function verify(path: string, options: VerifyOptions): Promise<Verification> {
  return verifyCase(await openCase(path), options);
}
