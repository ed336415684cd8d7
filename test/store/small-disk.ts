import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** The folder of a file system of 64 KiB that is there for the length of the test; null where this machine
 *  or this user cannot mount one: the test then says that it was skipped.
 */
export function smallDisk(t: TestContext): string | null {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "paydirt-disk-")));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k,mode=777", "tmpfs", folder], { stdio: "ignore" });
  } catch {
    rmdirSync(folder);
    return null;
  }
  t.after(() => {
    execFileSync("umount", [folder], { stdio: "ignore" });
    rmdirSync(folder);
  });
  return folder;
}
