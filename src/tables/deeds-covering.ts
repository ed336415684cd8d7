import { type DeedRow, joined } from "./deed-row.ts";

/** Covering up, as commands show it.
 *
 *  Sources: MITRE ATT&CK v18.1 (T1070.001–.003, T1562.003, T1222.002, T1036.003, T1014, T1564.013); manuals
 *  of bash(1), chattr(1), journalctl(1), wevtutil; Cowrie logs of three honeypots (deroux, 2021: "history -c;
 *  rm -rf ~/.bash_history" behind most loaders) and of a T-Pot (samdavi, 2025: "chattr -ia .ssh;
 *  lockr -ia .ssh").
 *  Own judgement: what makers of machine images do, too (history -c, an empty wtmp), is worth "low" alone.
 */
const HISTORY: readonly DeedRow[] = [
  {
    group: "log-clearing",
    kind: "history",
    words: ["history"],
    pattern: /(?:^|[\s;&|(])history\s{1,9}-(?:c|cw|wc|cr)\b/,
    says: "cleared the command history",
    alone: "low",
    attack: "T1070.003",
  },
  {
    group: "log-clearing",
    kind: "history",
    words: ["_history"],
    pattern: joined([
      String.raw`(?:\brm\s[^;&|]{0,200}|\bshred\s[^;&|]{0,200}|>\s{0,9}|\btruncate\s[^;&|]{0,200}|`,
      String.raw`\/dev\/null\s{1,9})\S{0,80}\.(?:bash|zsh|sh|ash)_history`,
    ]),
    says: "removed the command history's file",
    alone: "low",
    attack: "T1070.003",
  },
  {
    group: "log-clearing",
    kind: "history-off",
    words: ["HIST"],
    pattern: joined([
      String.raw`\bunset\s{1,9}(?:\w{1,20}\s{1,9}){0,4}HIST(?:FILE|SIZE|FILESIZE|ORY|SAVE|LOG)?\b|`,
      String.raw`\bHISTFILE=(?:\/dev\/null|0|''|""|\s|;|$)|\bHIST(?:FILE)?SIZE=0\b`,
    ]),
    says: "switched off the command history",
    alone: "low",
    attack: "T1562.003",
  },
  {
    group: "log-clearing",
    kind: "history-off",
    words: ["set +o history"],
    pattern: /\bset \+o history\b/,
    says: "switched off the command history",
    alone: "low",
    attack: "T1562.003",
  },
];

const LOGS: readonly DeedRow[] = [
  {
    group: "log-clearing",
    kind: "login-logs",
    words: ["/log/"],
    pattern: joined([
      String.raw`(?:>\s{0,9}|\btruncate\s[^;&|]{0,120}|\brm\s[^;&|]{0,200}|\bshred\s[^;&|]{0,200}|`,
      String.raw`\bunlink\s{1,9}|\bdd\s[^;&|]{0,80}of=|\/dev\/null\s{1,9})\/var\/log\/(?:wtmp|lastlog|`,
      String.raw`utmp|secure|auth\.log|audit|faillog)\b`,
    ]),
    says: "emptied or removed a log of logins",
    alone: "low",
    attack: "T1070.002",
  },
  {
    group: "log-clearing",
    kind: "all-logs",
    words: ["/var/log"],
    pattern: /\b(?:rm|shred)\s{1,9}(?:-\w{1,9}\s{1,9}){1,4}\/var\/log(?:\/\*|\/)?(?:[\s;&|]|$)/,
    says: "removed all logs",
    alone: "medium",
    attack: "T1070.002",
  },
  {
    group: "log-clearing",
    kind: "lines",
    words: ["/var/log/"],
    pattern: joined([
      String.raw`\bsed\s{1,9}(?:-\w{1,9}\s{1,9}){0,3}-i\S{0,9}\s[^;&|`,
      String.raw`]{0,200}\/d\S{0,9}\s{1,9}\/var\/log\/`,
    ]),
    says: "took lines out of a log",
    alone: "medium",
    attack: "T1070.002",
  },
  {
    group: "log-clearing",
    kind: "logs",
    words: ["/log/"],
    pattern: joined([
      String.raw`(?:>\s{0,9}|\btruncate\s[^;&|]{0,120}|\brm\s[^;&|]{0,200}|\bshred\s[^;&|]{0,200}|`,
      String.raw`\/dev\/null\s{1,9})\/var\/log\/(?:syslog|messages|btmp|cron|maillog|kern\.log|`,
      String.raw`daemon\.log|boot\.log|yum\.log|nginx|apache2|httpd|journal)`,
    ]),
    says: "emptied or removed a log",
    alone: "silent",
    attack: "T1070.002",
  },
  {
    group: "log-clearing",
    kind: "mail",
    words: ["/var/spool/mail"],
    pattern: /(?:>\s{0,9}|\brm\s[^;&|]{0,80}|\/dev\/null\s{1,9})\/var\/spool\/mail\/root\b/,
    says: "emptied the administrator's mail, to which failing jobs report",
    alone: "silent",
    attack: "T1070.008",
  },
  {
    group: "log-clearing",
    kind: "journal",
    words: ["--vacuum-"],
    pattern: /\bjournalctl\s[^;&|]{0,80}--vacuum-(?:time=\d{1,3}s|size=\d{1,3}K?|files=[01])\b(?!\w)/,
    says: "emptied the system's journal",
    alone: "low",
    attack: "T1070.002",
  },
  {
    group: "log-clearing",
    kind: "windows-log",
    words: ["wevtutil"],
    pattern: /\bwevtutil(?:\.exe)?\s{1,9}(?:cl|clear-log)\s/i,
    says: "emptied a Windows event log",
    alone: "medium",
    attack: "T1070.001",
  },
  {
    group: "log-clearing",
    kind: "windows-log",
    words: ["Clear-EventLog"],
    pattern: /\bClear-EventLog\b/,
    says: "emptied a Windows event log",
    alone: "medium",
    attack: "T1070.001",
  },
];

/** Files by which something stays on a host. */
const STAYS = new RegExp(
  "(?:/var/spool/cron|/etc/cron|authorized_keys|\\.ssh\\b|ld\\.so\\.preload|/etc/systemd|/lib/systemd|" +
    "/etc/rc\\.|/etc/init\\.d|\\.bashrc|\\.bash_profile|\\.profile|/tmp/|/var/tmp|/dev/shm)",
);

const LOCKS: readonly DeedRow[] = [
  {
    group: "immutable-files",
    kind: "lock",
    words: ["chattr"],
    pattern: /\bchattr\s{1,9}(?:-R\s{1,9})?\+[aisuAS]{0,5}[ia]/,
    followedBy: [STAYS],
    says: "locked files by which programs are started or people log in",
    alone: "medium",
  },
  {
    group: "immutable-files",
    kind: "unlock",
    words: ["chattr"],
    pattern: /\bchattr\s{1,9}(?:-R\s{1,9})?-[aisueRAS]{0,5}[ia]/,
    followedBy: [STAYS],
    says: "unlocked files by which programs are started or people log in",
    alone: "low",
  },
  {
    group: "immutable-files",
    kind: "lockr",
    words: ["lockr"],
    pattern: /\blockr\s{1,9}[-+][aie]{1,4}\s/,
    says: "used lockr, a tool of intruders that locks files against changes",
    alone: "medium",
  },
  {
    group: "immutable-files",
    kind: "lock",
    words: ["chattr"],
    pattern: /\bchattr\s{1,9}(?:-R\s{1,9})?\+[aisuAS]{0,5}[ia]/,
    says: "locked a file against changes",
    alone: "silent",
  },
];

/** Tools by which an intruder is seen, or others fetch their software. */
const TOOLS =
  "(?:wget|curl|chattr|lsattr|ps|top|htop|ss|netstat|lsof|kill|pkill|killall|crontab|iptables|" +
  "find|ls|pstree)";

/** Endings with which administrators put a file aside. */
const ASIDE = "\\S{1,100}[.-](?:bak|old|orig|dist|save|distrib)\\b";

const RENAMED: readonly DeedRow[] = [
  {
    group: "renamed-tools",
    kind: "backup",
    words: ["mv"],
    pattern: new RegExp(`\\bmv\\s{1,9}(?:-f\\s{1,9})?(?:/usr)?/s?bin/${TOOLS}\\s{1,9}${ASIDE}`),
    says: "put a system tool aside under another name",
    alone: "silent",
  },
  {
    group: "renamed-tools",
    kind: "renamed",
    words: ["mv"],
    pattern: new RegExp(`\\bmv\\s{1,9}(?:-f\\s{1,9})?(?:/usr)?/s?bin/${TOOLS}\\s{1,9}(?!${ASIDE})\\S`),
    says: "renamed a system tool",
    alone: "medium",
  },
  {
    group: "renamed-tools",
    kind: "replaced",
    words: ["bin/"],
    pattern: new RegExp(
      "\\b(?:mv|cp)\\s{1,9}(?:-f\\s{1,9})?(?:/tmp|/var/tmp|/dev/shm|\\.)/\\S{1,100}\\s{1,9}" +
        `(?:/usr)?/s?bin/${TOOLS}(?:[\\s;&|]|$)`,
    ),
    says: "put a program of its own in a system tool's place",
    alone: "medium",
    attack: "T1554",
  },
  {
    group: "renamed-tools",
    kind: "disabled",
    words: ["chmod"],
    pattern: new RegExp(
      `\\bchmod\\s{1,9}(?:-x|a-x|0{1,4}|[0246]00|6[04]{2})\\s{1,9}(?:/usr)?/s?bin/${TOOLS}(?:[\\s;&|]|$)`,
    ),
    says: "made a system tool unusable",
    alone: "medium",
    attack: "T1222.002",
  },
];

const HIDDEN: readonly DeedRow[] = [
  {
    group: "hidden-process",
    kind: "mount",
    words: ["/proc/"],
    pattern: /\bmount\s[^;&|]{0,200}\s\/proc\/(?:\d{1,8}|\$\{?\w{1,20}\}?|\$\$)(?:[\s;&|"']|$)/,
    says: "mounted a folder over a process's entry in /proc, which hides the process",
    alone: "medium",
    attack: "T1564.013",
  },
  {
    group: "hidden-process",
    kind: "library",
    words: ["process"],
    pattern: /\b(?:lib)?processhid(?:er|e)\b/i,
    says: "used a library that hides processes",
    alone: "medium",
    attack: "T1574.006",
  },
  {
    group: "hidden-process",
    kind: "module",
    words: ["mod"],
    pattern: joined(
      [
        String.raw`\b(?:insmod|modprobe)\s{1,9}\S{0,100}(?:diamorphine|reptile|suterusu|nuk3gh0st|`,
        "adore-ng|kovid|puszek|rkduck|brokepkg)",
      ],
      "i",
    ),
    says: "loaded a kernel module that hides processes",
    alone: "medium",
    attack: "T1014",
  },
];

export const COVERING: readonly DeedRow[] = [...HISTORY, ...LOGS, ...LOCKS, ...RENAMED, ...HIDDEN];
