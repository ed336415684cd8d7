import { joined } from "./deed-row.ts";

/** Programs of miners and of those who plant them, by the names under which other intruders end them.
 *
 *  Sources: Maltrail's lists of families (h2miner, teamtnt, sysrv-hello, watchdog, 8220; MIT); Trend Micro on
 *  KORKERDS and on TeamTNT, Alibaba Cloud's help on minerd, Palo Alto Networks Unit 42 on WatchDog, Pro-Ocean
 *  and Rocke; commands of Cowrie honeypots of 2021 ("pkill cnrig; pkill kswapd0; pkill kitten").
 *  Limits: names that ordinary programs have, too (java, docker, python), are left out.
 */
export const COMPETITORS: readonly string[] = [
  "kdevtmpfsi",
  "kinsing",
  "xmrig",
  "xmirg",
  "cnrig",
  "xmr-stak",
  "xmrstak",
  "minerd",
  "cpuminer",
  "minergate",
  "cryptonight",
  "stratum",
  "monerohash",
  "nanopool",
  "crypto-pool",
  "supportxmr",
  "moneroocean",
  "ddgs",
  "ddg.20",
  "qW3xT",
  "wnTKYg",
  "watchbog",
  "kthrotlds",
  "kerberods",
  "khugepageds",
  "kworkerds",
  "kpsmouseds",
  "networkservice",
  "sysguard",
  "sysupdate",
  "sysrv",
  "biosetjenkins",
  "AnXqV",
  "Loopback",
  "apaceha",
  "mixnerdx",
  "performedl",
  "suppoie",
  "sustes",
  "hashfish",
  "watch-smart",
  "zigw",
  "pamdicks",
  "dbused",
  "tntrecht",
  "zzh",
  "c3pool",
  "kswapd0",
  "cruner",
  "trace-fresh",
  "solrd",
  "perfctl",
  "pnscan",
  "masscan",
  "redtail",
  "pocosow",
  "gakeaws",
];

/** Words that end a program; without one of them a name is only spoken of. */
export const ENDS_PROGRAMS = joined([
  String.raw`\b(?:pkill|killall5?|kill\s{1,9}-(?:9|KILL|SIGKILL|s\s{0,4}9)|xargs\s[^;&]{0,60}kill|`,
  String.raw`docker\s{1,9}(?:kill|rm))\b`,
]);
