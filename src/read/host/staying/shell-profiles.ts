/** Files that a shell reads when it starts; only lines that do more than set it up.
 *  Source: bash(1) INVOCATION, zsh(1) STARTUP/SHUTDOWN FILES, sshd(8) SSHRC, environment(7). */
import { accountOf, fileReader, layEntry } from "./file-reader.ts";
import { doesMore } from "./started-lines.ts";

export const shellProfiles = fileReader({
  id: "shell-profiles",
  title: "profiles and rc files of shells",
  paths: [
    /(?:^|\/)etc\/(?:profile|bash\.bashrc|bashrc|bash\.bash_logout|environment|zshenv|zshrc|zprofile)$/,
    /(?:^|\/)etc\/(?:profile\.d|zsh|bashrc\.d)\/[^/]{1,255}$/,
    /(?:^|\/)\.(?:bashrc|bash_(?:profile|login|logout|aliases)|profile|kshrc)$/,
    /(?:^|\/)\.(?:z(?:shrc|profile|shenv|login)|xinitrc|xprofile|xsessionrc)$/,
    /(?:^|\/)(?:\.ssh\/rc|etc\/ssh\/sshrc|\.config\/fish\/config\.fish)$/,
  ],
  // The profiles of distributions have some KB each.
  mostBytes: 1 << 18,
  take(file) {
    const user = accountOf(file.source.path);
    // sshd runs this one as a script at each login: all of it is a start.
    const isScript = /(?:\.ssh\/rc|ssh\/sshrc)$/.test(file.source.path);
    for (const line of file.lines) {
      const command = line.text.trim();
      if (command === "" || command.startsWith("#") || !(isScript || doesMore(command))) continue;
      layEntry(file, line, { mechanism: "profile", user, command });
    }
  },
});
