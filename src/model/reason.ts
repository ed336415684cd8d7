/** What the operating system's error codes mean to the person at the keyboard. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["EACCES", "permission denied"],
  ["EDQUOT", "the disk quota is used up"],
  ["EFBIG", "the file would be larger than this system allows"],
  ["EIO", "the device reports an input/output error"],
  ["EISDIR", "it is a folder"],
  ["ELOOP", "it is a link that leads in circles"],
  ["EMFILE", "too many files are open"],
  ["ENAMETOOLONG", "the name is too long"],
  ["ENOENT", "no such file or folder"],
  ["ENOSPC", "no space is left on the disk"],
  ["ENOTDIR", "a part of its path is a file, not a folder"],
  ["EPERM", "the operation is not permitted"],
  ["EROFS", "the file system is read-only"],
]);

/** The code of a system error, e.g. "ENOENT"; null for any other error. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

/** Why an operation on a file failed, in words. */
export function reasonOf(error: unknown): string {
  const code = systemCode(error);
  return (
    (code === null ? undefined : REASONS.get(code)) ??
    (error instanceof Error ? error.message : String(error))
  );
}
