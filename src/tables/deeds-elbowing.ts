import type { DeedRow } from "./deed-row.ts";

/** Elbowing out, as commands show it; names of programs and of guards stand in tables of their own.
 *
 *  Sources: MITRE ATT&CK v18.1 (T1489, T1562.004); commands of Cowrie honeypots of 2021; Unit 42 on Pro-Ocean
 *  and WatchDog, whose scripts end whatever uses much of the processor.
 */
export const ELBOWING: readonly DeedRow[] = [
  {
    group: "competitor-kill",
    kind: "busy",
    words: ["kill"],
    pattern: /\bps\s/,
    followedBy: [/\bawk\s/, /\$3\s{0,4}>=?\s{0,4}\d{1,3}/, /\bkill\s{1,9}-9/],
    spans: true,
    says: "ended every program that used much of the processor",
    alone: "low",
    attack: "T1489",
  },
  {
    group: "competitor-kill",
    kind: "ports",
    words: ["tables"],
    pattern: /\bip6?tables\s{1,9}-[AI]\s/,
    followedBy: [
      /--dport\s{1,9}(?:3333|3334|3335|5555|7777|14433|14444|45700|56415)\b/,
      /\b(?:DROP|REJECT)\b/,
    ],
    says: "blocked ports that pools use",
    alone: "silent",
    attack: "T1562.004",
  },
  {
    group: "competitor-kill",
    kind: "jobs",
    words: ["crontab"],
    pattern: /\bcrontab\s{1,9}-l\b/,
    followedBy: [/\|\s{0,9}(?:sed|grep)\s/, /\|\s{0,9}crontab\s{1,9}-(?:\s|$)/],
    spans: true,
    says: "took jobs out of the schedule",
    alone: "silent",
    attack: "T1070.009",
  },
  {
    group: "competitor-kill",
    kind: "jobs",
    words: ["crontab -r"],
    pattern: /\bcrontab\s{1,9}-r\b/,
    says: "removed all scheduled jobs of the account",
    alone: "silent",
    attack: "T1070.009",
  },
];
