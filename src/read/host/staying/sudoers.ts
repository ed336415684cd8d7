/** Who may run what as whom: WHO HOSTS = (AS) TAGS: COMMANDS; an entry a rule.
 *
 *  Source: sudoers(5), SUDOERS FILE FORMAT, sudo 1.9. Limits: aliases are not resolved; of the settings only
 *  those that spare the password are told.
 */
import { fileReader, joinedLines, layEntry, Strange } from "./file-reader.ts";

/** Longest list of names and hosts that is looked at. */
const MAX_NAMES = 2_000;
const PASSED_OVER = /^(?:(?:User|Runas|Host|Cmnd|Cmd)_Alias\b|[@#]include)/;
export const sudoers = fileReader({
  id: "sudoers",
  title: "sudoers and sudoers.d",
  paths: [/(?:^|\/)(?:usr\/local\/)?etc\/sudoers(?:\.d\/[^/]{1,255})?$/, /^sudoers$/],
  mostBytes: 1 << 20,
  take(file) {
    const strange = new Strange();
    for (const { line, text } of joinedLines(file.lines)) {
      const bare = text.trim();
      if (bare === "" || PASSED_OVER.test(bare) || /^#(?!\d)/.test(bare)) continue;
      if (bare.startsWith("Defaults")) {
        if (/!authenticate\b/.test(bare)) layEntry(file, line, { mechanism: "sudoers", command: bare });
        continue;
      }
      const rule = ruleIn(bare);
      if (rule === null) {
        strange.note(line);
        continue;
      }
      const { name, command } = rule;
      const user = /^[A-Za-z_][\w.-]*$/.test(name) && name !== "ALL" ? name : null;
      layEntry(file, line, { mechanism: "sudoers", name, user, command });
    }
    strange.finish(file, "rules of sudoers");
  },
});

interface Rule {
  /** An account, "%group", "#uid", "ALL", or several of them between commas. */
  readonly name: string;
  readonly command: string;
}

/** Names end at the first space that no comma stands at; then come the hosts. */
function ruleIn(text: string): Rule | null {
  const equals = text.indexOf("=");
  const command = text.slice(equals + 1).trim();
  if (equals === -1 || command === "") return null;
  const words = text.slice(0, Math.min(equals, MAX_NAMES)).trim().split(/\s+/);
  let name = words[0] ?? "";
  let at = 1;
  for (; name.endsWith(",") || words[at]?.startsWith(","); at += 1) name += words[at] ?? " ";
  return at < words.length ? { name, command } : null;
}
