/** Accounts of a host, a line each, fields between colons.
 *
 *  passwd   NAME:x:UID:GID:WHO:HOME:SHELL                      an account
 *  shadow   NAME:HASH:DAY:…                                    the day on which its password was last set
 *  group    NAME:x:GID:MEMBERS                                 members of groups that may act as root
 *
 *  Source: passwd(5), shadow(5), group(5). Hashes stand in no record: a line of shadow is told without its
 *  second field, and neither is that of an old passwd.
 */
import { factAt, type TextLine } from "../../text.ts";
import { fileReader, layEntry, Strange, type TextFile } from "./file-reader.ts";

const DAY_MICROS = 86_400e6;

/** Groups whose members can become root. Source: Debian's base-passwd README; docker.com, "Docker daemon
 *  attack surface"; LXD's documentation, "Access control". */
const MIGHTY: ReadonlySet<string> = new Set([
  "root",
  "sudo",
  "wheel",
  "admin",
  "docker",
  "lxd",
  "disk",
  "shadow",
]);

export const accounts = fileReader({
  id: "accounts",
  title: "passwd, shadow and group",
  paths: [/(?:^|\/)etc\/(passwd|shadow|group)$/, /^(passwd|shadow|group)$/],
  take(file) {
    const strange = new Strange();
    const kind = file.match[1] ?? "passwd";
    for (const line of file.lines) {
      if (line.text.trim() === "" || /^[#+-]/.test(line.text)) continue;
      const fields = line.text.split(":", 12);
      if (kind === "passwd") takeAccount({ file, line, fields }, strange);
      else if (kind === "shadow") takePassword({ file, line, fields });
      else takeGroup({ file, line, fields });
    }
    strange.finish(file, "accounts");
  },
});

interface Row {
  readonly file: TextFile;
  readonly line: TextLine;
  readonly fields: readonly string[];
}

function takeAccount({ file, line, fields }: Row, strange: Strange): void {
  const [user = "", , uid = "", , , home = "", shell = ""] = fields;
  if (user === "" || !/^\d{1,10}$/.test(uid)) return strange.note(line);
  file.desk.record({
    ...factAt(file.source, withoutHash(line, fields)),
    kind: "account",
    user,
    uid: Number(uid),
    shell: shell === "" ? null : shell,
    home: home === "" ? null : home,
  });
}

/** Only of accounts that have a password: "!", "*" and "" are none. */
function takePassword({ file, line, fields }: Row): void {
  const [subject = "", hash = "", day = ""] = fields;
  if (subject === "" || !/^\$\w/.test(hash) || !/^\d{1,6}$/.test(day) || day === "0") return;
  const atMicros = Number(day) * DAY_MICROS;
  file.desk.record({
    ...factAt(file.source, withoutHash(line, fields), { atMicros }),
    kind: "event",
    what: "account-changed",
    subject,
    user: null,
    from: null,
    says: "its password was last set on this day",
  });
}

function withoutHash(line: TextLine, fields: readonly string[]): TextLine {
  const [, hash = ""] = fields;
  if (hash.length < 2) return line;
  return { ...line, text: fields.map((field, index) => (index === 1 ? "…" : field)).join(":") };
}

function takeGroup({ file, line, fields }: Row): void {
  const [name = "", , , members = ""] = fields;
  if (!MIGHTY.has(name)) return;
  for (const user of members.split(",", 200)) {
    if (user.trim() === "") continue;
    const shown = { ...withoutHash(line, fields) };
    layEntry(file, shown, { mechanism: "sudoers", name, user, command: `member of the group ${name}` });
  }
}
