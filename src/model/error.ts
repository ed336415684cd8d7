/** Why Paydirt could not go on; the exit status is 2 for all but `interrupted` (130). */
export const ERROR_CODES = {
  "no-evidence": "no evidence could be read",
  "bad-option": "an option or argument is wrong",
  "bad-case": "the folder holds no case that this version reads",
  "bad-table": "a table cannot be read",
  "output-exists": "the output folder is not empty",
  "cannot-write": "the output cannot be written",
  "cannot-read": "a file cannot be read",
  "bad-source": "a source of blocks or transactions cannot be used",
  interrupted: "interrupted",
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** The one error that ends a run. Wrong evidence is never an error but a `Gap`. */
export class PaydirtError extends Error {
  override readonly name = "PaydirtError";
  readonly code: ErrorCode;
  constructor(code: ErrorCode, says: string, cause?: unknown) {
    super(says, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
