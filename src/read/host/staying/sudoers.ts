/** Who may run what as whom: WHO HOSTS = (AS) TAGS: COMMANDS; an entry a rule.
 *
 *  Source: sudoers(5), SUDOERS FILE FORMAT, sudo 1.9. Limits: aliases are not resolved; of the settings only
 *  those that spare the password are told.
 */
import { fileReader, joinedLines, layEntry, Strange } from "./file-reader.ts";

const PASSED_OVER = /^(?:(?:User|Runas|Host|Cmnd|Cmd)_Alias\b|[@#]include)/;
const RULE =
  /^("[^"]{1,200}"|[%+#]?[^\s=]{1,200}(?:\s*,\s*[%+#]?[^\s=,]{1,200}){0,50})\s+([^=]{1,500})=\s*(\S.*)$/s;

export const sudoers = fileReader({
  id: "sudoers",
  title: "sudoers and sudoers.d",
  paths: [/(?:^|\/)(?:usr\/local\/)?etc\/sudoers(?:\.d\/[^/]{1,255})?$/, /^sudoers$/],
  take(file) {
    const strange = new Strange();
    for (const { line, text } of joinedLines(file.lines)) {
      const bare = text.trim();
      if (bare === "" || PASSED_OVER.test(bare) || /^#(?!\d)/.test(bare)) continue;
      if (bare.startsWith("Defaults")) {
        if (/!authenticate\b/.test(bare)) layEntry(file, line, { mechanism: "sudoers", command: bare });
        continue;
      }
      const rule = RULE.exec(bare);
      if (rule === null) {
        strange.note(line);
        continue;
      }
      const [, name = "", , command = ""] = rule;
      const user = /^[A-Za-z_][\w.-]*$/.test(name) && name !== "ALL" ? name : null;
      layEntry(file, line, { mechanism: "sudoers", name, user, command });
    }
    strange.finish(file, "rules of sudoers");
  },
});
