import { PaydirtError } from "../../../model/error.ts";

/** Does what may fail; where the source fails, that is laid down as a gap before the error goes on.
 *
 *  Errors: those of `act`.
 */
export async function orGap<T>(lay: (says: string) => void, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof PaydirtError && error.code === "bad-source") lay(error.message);
    throw error;
  }
}
