/** Commands that other settings run: pam_exec at a login, RUN of udev when a device appears.
 *  Source: pam_exec(8), udev(7). Rules that packages bring (/usr/lib/udev) are not told. */
import { fileReader, layEntry } from "./file-reader.ts";

export const hooks = fileReader({
  id: "hooks",
  title: "commands run by PAM and by udev",
  paths: [/(?:^|\/)etc\/(pam\.d)\/[^/]{1,255}$/, /(?:^|\/)etc\/(udev)\/rules\.d\/[^/]{1,255}\.rules$/],
  take(file) {
    const isPam = file.match[1] === "pam.d";
    const pattern = isPam
      ? /^\s*-?\w{1,20}\s+(?:\w{1,20}|\[[^\]]{1,200}\])\s+\S{0,200}pam_exec\.so\s+(\S.*)$/s
      : /^\s*[^#\s].{0,2000}?\bRUN(?:\{program\})?\s*\+?=\s*"([^"]{1,2000})"/s;
    for (const line of file.lines) {
      const command = pattern.exec(line.text)?.[1];
      if (command === undefined) continue;
      layEntry(file, line, {
        mechanism: isPam ? "profile" : "rc",
        name: isPam ? "pam_exec" : "udev",
        command: isPam ? command.replace(/^(?:[a-z_]{1,30}(?:=\S{1,200})? )+(?=\/)/, "") : command,
      });
    }
  },
});
