// Sites to which anyone may put a file or text without an account, which droppers fetch from.

/** Shape: host names; what stands under one is meant, too.
 *
 *  Source: URLs of the trails in Maltrail's lists of miners (MIT), and the reports named in suspect-paths.ts.
 *  Code hosting with accounts (GitHub, GitLab) is not among them: installers of ordinary software lie there.
 */
export const DROP_SITES: readonly string[] = [
  "0x0.st",
  "anonfiles.com",
  "bashupload.com",
  "cdn.discordapp.com",
  "file.io",
  "gofile.io",
  "ix.io",
  "litterbox.catbox.moe",
  "onion.pet",
  "onion.ws",
  "oshi.at",
  "pastebin.com",
  "paste.rs",
  "rentry.co",
  "sprunge.us",
  "temp.sh",
  "termbin.com",
  "tor2web.io",
  "tor2web.org",
  "tor2web.su",
  "transfer.sh",
  "files.catbox.moe",
];
