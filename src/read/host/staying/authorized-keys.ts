/** Keys that may log in over SSH, one a line: [OPTIONS] TYPE BASE64 [COMMENT].
 *
 *  Source: sshd(8), AUTHORIZED_KEYS FILE FORMAT; the fingerprint is that of ssh-keygen -l and of sshd's log:
 *  SHA-256 over the decoded key, in base64 without padding.
 */
import { createHash } from "node:crypto";
import type { TextLine } from "../../text.ts";
import { accountOf, fileReader, layEntry, Strange, type TextFile } from "./file-reader.ts";

/** Source: OpenSSH 9.6, ssh-keygen(1) -t, sshkey.c keytypes. */
const TYPE = new RegExp(
  "^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp(?:256|384|521)" +
    "|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)(?:@openssh\\.com)?)(?:-cert-v01@openssh\\.com)?$",
);

export const authorizedKeys = fileReader({
  id: "authorized-keys",
  title: "authorized_keys of sshd",
  paths: [
    /(?:^|\/)authorized_keys2?$/,
    /(?:^|\/)etc\/(?:ssh|dropbear)\/(?:authorized_keys|keys)(?:\.d)?\/([^/]{1,255})$/,
  ],
  take(file) {
    const strange = new Strange();
    const user = file.match[1] ?? accountOf(file.source.path);
    for (const line of file.lines) takeKey({ file, user }, line, strange);
    strange.finish(file, "keys");
  },
});

interface KeyFile {
  readonly file: TextFile;
  readonly user: string | null;
}

function takeKey({ file, user }: KeyFile, line: TextLine, strange: Strange): void {
  const text = line.text.trim();
  if (text === "" || text.startsWith("#")) return;
  const { options, rest } = splitOptions(text);
  const [type = "", body = "", ...comment] = rest.split(/[ \t]+/);
  if (!TYPE.test(type) || !/^[A-Za-z0-9+/]{16,}={0,3}$/.test(body)) return strange.note(line);
  const command = [type, fingerprint(body), options].filter((part) => part !== "").join(" ");
  layEntry(file, line, { mechanism: "authorized-key", name: comment.join(" ") || null, user, command });
}

function fingerprint(body: string): string {
  const hash = createHash("sha256").update(Buffer.from(body, "base64")).digest("base64");
  return `SHA256:${hash.replace(/=+$/, "")}`;
}

/** Options end at the first space that is not in quotes. */
function splitOptions(text: string): { readonly options: string; readonly rest: string } {
  const first = /^\S{1,60}/.exec(text)?.[0] ?? "";
  if (TYPE.test(first)) return { options: "", rest: text };
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === "\\" && text[at + 1] === '"') at += 1;
    else if (char === '"') isQuoted = !isQuoted;
    else if ((char === " " || char === "\t") && !isQuoted) {
      return { options: text.slice(0, at), rest: text.slice(at).trim() };
    }
  }
  return { options: "", rest: text };
}
