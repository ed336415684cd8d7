/** Runs a decoder of a library that throws on malformed text, and makes that null.
 *
 *  Errors: none. Evidence that does not decode is an answer, not an exception.
 */
export function decoded<T>(decode: () => T): T | null {
  try {
    return decode();
  } catch {
    return null;
  }
}
