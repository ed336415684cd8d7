/** Programs that a desktop starts at login: Exec= of autostart/NAME.desktop.
 *  Source: Desktop Application Autostart Specification 0.5, Desktop Entry Specification 1.5. */
import { accountOf, fileReader, layEntry } from "./file-reader.ts";

export const desktopEntries = fileReader({
  id: "desktop-entries",
  title: "autostart entries of desktops",
  paths: [/(?:^|\/)(?:etc\/xdg|\.config)\/autostart\/([^/]{1,255})\.desktop$/],
  take(file) {
    for (const line of file.lines) {
      const command = /^\s*Exec\s*=\s*(\S.*)$/s.exec(line.text)?.[1];
      if (command === undefined) continue;
      const name = file.match[1] ?? null;
      layEntry(file, line, { mechanism: "profile", name, user: accountOf(file.source.path), command });
    }
  },
});
