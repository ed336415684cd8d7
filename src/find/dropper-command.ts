import { parseIp } from "../bytes/ip.ts";
import { parseWallet } from "../bytes/wallet.ts";
import type { CommandRecord } from "../model/log-record.ts";
import { DROP_SITES } from "../tables/drop-sites.ts";
import type { Detector } from "./detector.ts";
import { intrusionsOf, type Standing } from "./intruder/intrusion.ts";
import { programMarks, startMarks } from "./intruder/start-marks.ts";
import { isFetch, nameOf, type Started, startedBy } from "./intruder/started.ts";
import { findingsOfSigns, type Sign } from "./signs.ts";
import { counted, listed, short, shortHost } from "./words.ts";

const MAY_FETCH = /\b(?:curl|wget2?|fetch|tftp|ftpget|lwp-download|aria2c|axel|lynx)\b/;
const URL = /\b(?:https?|ftp|tftp):\/\/([^\s/:'"|;]{1,253})(?::\d{1,5})?(\/[^\s'"|;)]{0,500})?/gi;
const MINER_WORDS =
  /xmrig|c3pool|moneroocean|minerd\b|ccminer|nanominer|stratum\+|(?:setup|install)_?[\w-]{0,40}miner/i;

/** A command that fetches a program and runs it at once, as scripts of intruders do. */
export const dropperCommand: Detector = {
  id: "dropper-command",
  title: "A program was fetched and run in one go",
  reads: ["command", "host", "login"],
  attack: ["T1105", "T1059.004"],
  stage: "staying",
  sources: [
    "MITRE ATT&CK v18.1, T1105 Ingress Tool Transfer, T1059.004 Unix Shell",
    "Commands of three Cowrie sensors of 2021 (deroux, MIT), and the installers of rustup, nvm, Docker, " +
      "k3s, " +
      "Netdata and Homebrew as twins",
  ],
  blindTo: "a fetch and a run in separate lines; programs brought by scp or written out by echo; scripts",
  limits: {
    points: {
      value: 3,
      unit: "points",
      why: "installers of ordinary software come by https from a name and have at most two of the marks",
    },
    highPoints: {
      value: 5,
      unit: "points",
      why: "a bare public address counts three, so that two marks more are needed for certainty",
    },
  },
  *find(facts, limit) {
    const intrusions = intrusionsOf(facts);
    const signs = facts.command.flatMap((record): Sign[] => {
      const marks = dropMarks(record);
      if (marks.length === 0) return [];
      const { standing } = intrusions.standing(record);
      const points = marks.reduce((sum, mark) => sum + mark.points, THEIRS[standing]);
      return points >= limit("points")
        ? [signOf(record, { marks, points, standing, high: limit("highPoints") })]
        : [];
    });
    yield* findingsOfSigns(
      signs,
      "further command",
      "Get the file that was fetched, from the host or by its hash; see what ran in the minutes after it.",
    );
  },
};

/** What the one who typed it adds to a command's own marks. */
const THEIRS: Readonly<Record<Standing, number>> = {
  honeypot: 3,
  intruder: 3,
  "taken-account": 1,
  "after-break-in": 1,
  unknown: 0,
};

interface DropMark {
  readonly says: string;
  readonly points: number;
}

/** Marks of a line that fetches something and runs it; empty for every other line. The run itself counts
 *  nothing: installers do the same. */
function dropMarks({ text }: CommandRecord): DropMark[] {
  if (!MAY_FETCH.test(text)) return [];
  const started = startedBy(text);
  if (!isDrop(text, started)) return [];
  return [RUN, ...sourceMarks(text, started), ...placeMarks(text, started)];
}

const RUN: DropMark = { says: "fetched and run", points: 0 };

function isDrop(text: string, started: readonly Started[]): boolean {
  if (startMarks(text).some(({ id }) => id === "fetched")) return true;
  const first = started.findIndex(isFetch);
  if (first === -1) return false;
  const fetched = new Set([...urlsOf(text).map(({ path }) => nameOf(path)), ...outputsOf(started)]);
  return started.slice(first + 1).some(({ program }) => program !== null && fetched.has(nameOf(program)));
}

function urlsOf(text: string): { readonly scheme: string; readonly host: string; readonly path: string }[] {
  return [...text.matchAll(URL)].slice(0, 50).map((match) => ({
    scheme: match[0].slice(0, match[0].indexOf(":")).toLowerCase(),
    host: (match[1] ?? "").replace(/^[^@]{0,200}@/, "").toLowerCase(),
    path: match[2] ?? "",
  }));
}

/** Files that a fetch writes: what -o, -O and a redirection name. */
function outputsOf(started: readonly Started[]): string[] {
  return started.filter(isFetch).flatMap(({ command: { words, writes } }) => {
    const named = words.flatMap((word, index) =>
      /^-[A-Za-z]{0,8}[oO]$|^--output(?:-document)?$/.test(word) ? (words[index + 1] ?? "") : [],
    );
    return [...named, ...writes].filter((name) => name !== "" && name !== "-").map(nameOf);
  });
}

function sourceMarks(text: string, started: readonly Started[]): DropMark[] {
  const urls = urlsOf(text);
  const marks: DropMark[] = [];
  if (urls.some(({ host }) => isPublicIp(host))) marks.push({ says: "from a bare address", points: 3 });
  else if (urls.some(({ scheme, host }) => scheme !== "https" && parseIp(host) === null)) {
    marks.push({ says: "without encryption", points: 1 });
  }
  if (urls.some(({ host }) => isDropSite(host)))
    marks.push({ says: "from a site for pasted files", points: 2 });
  if (new Set(started.filter(isFetch).map(({ by }) => by)).size > 1) {
    marks.push({ says: "by several programs in turn", points: 1 });
  }
  if (MINER_WORDS.test(text) || started.some(({ command }) => command.words.some(isWallet))) {
    marks.push({ says: "with a miner's name or a wallet", points: 3 });
  }
  return marks;
}

function placeMarks(text: string, started: readonly Started[]): DropMark[] {
  const programs = started.flatMap(({ program }) => (program === null ? [] : programMarks(program)));
  const marks: DropMark[] = [];
  const inOpen = /\bcd\s{1,4}\/(?:tmp|var\/(?:tmp|run)|dev\/shm)\b/.test(text);
  if (inOpen || programs.some(({ id }) => id === "open-place")) {
    marks.push({ says: "in a folder for temporary files", points: 1 });
  }
  if (programs.some(({ id }) => id === "hidden")) marks.push({ says: "hidden", points: 1 });
  const family = programs.find((one) => one.family !== null)?.family;
  if (family !== undefined) marks.push({ says: `as ${family} does`, points: 4 });
  if (/\bhistory\s{1,4}-c\b|\bunset\s{1,4}HISTFILE\b/.test(text)) {
    marks.push({ says: "with the history switched off", points: 2 });
  }
  if (/\brm\s{1,4}-[rf]{1,4}\s{1,4}[^;|&]{0,80}\.sh\b/.test(text)) {
    marks.push({ says: "deleted afterwards", points: 1 });
  }
  return marks;
}

function isWallet(word: string): boolean {
  const bare = word.split(/[.+/:]/)[0] ?? "";
  return bare.length >= 90 && bare.length <= 110 && parseWallet(bare) !== null;
}

function isDropSite(host: string): boolean {
  return DROP_SITES.some((site) => host === site || host.endsWith(`.${site}`));
}

/** An IPv4 address that is not of a private network (RFC 1918), the host itself, or link-local. */
function isPublicIp(host: string): boolean {
  const bytes = parseIp(host);
  if (bytes === null || bytes.length !== 4) return false;
  const [a = 0, b = 0] = bytes;
  const isPrivate = a === 10 || a === 127 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168);
  return !isPrivate && !(a === 169 && b === 254) && !(a === 100 && b >= 64 && b < 128);
}

interface Weighed {
  readonly marks: readonly DropMark[];
  readonly points: number;
  readonly standing: Standing;
  readonly high: number;
}

function signOf(record: CommandRecord, { marks, points, standing, high }: Weighed): Sign {
  const isTrap = standing === "honeypot";
  const whose = short(record.from ?? record.user ?? "Somebody");
  const hosts = urlsOf(record.text).map(({ host }) => host);
  const source = hosts.length === 0 ? "" : ` from ${listed([...new Set(hosts)].map(shortHost), 2)}`;
  const why = marks.slice(1).map(({ says }) => says);
  const reasons = why.length === 0 ? "" : ` (${listed(why, 6)})`;
  const did = isTrap ? "attempted to fetch and run a program" : "fetched a program and ran it at once";
  const severity = isTrap ? "low" : points >= high ? "high" : "medium";
  return {
    fact: record,
    severity,
    likelihood: points >= high ? 0.9 : 0.7,
    confidence: isTrap || record.by === "auditd" ? "high" : "moderate",
    about: [...new Set(hosts)].slice(0, 4).map(shortHost),
    summary: `${whose} ${did}${source}${reasons}${isTrap ? " on a honeypot" : ""}`,
    says: `${record.by}: ${counted(points, "point")}: ${listed(why, 6) || "run by the one who broke in"}`,
    attack: ["T1105", "T1059.004"],
  };
}
