import { minerCommandOf } from "../../../tables/miner-command.ts";
import { startedPrograms } from "../../../tables/started.ts";
import { wordsOf } from "../../../tables/words-of.ts";

/** Longest line of a script that is looked at. */
const MAX_CHARS = 8_192;

/** Tools that show what runs, who is there and what is where: an intruder gives their names to others. */
const SHOWING = new Set(
  wordsOf(
    "ps top htop pstree ls lsof netstat ss kill pkill crontab systemctl w who last find cat grep sudo su ssh",
  ),
);
const ALIAS = /^\s*alias\s+(?:--\s+)?([\w.-]{1,40})=\s*["']?([^"']{0,2000})/;
const FUNCTION = /^\s*(?:function\s+([\w.-]{1,40})|([\w.-]{1,40})\s*\(\))\s*(?:\(\)\s*)?(?:\{|$)/;
const SETS = /(?:^|[\s;&])(?:LD_PRELOAD|LD_AUDIT|PROMPT_COMMAND|BASH_ENV)\s{0,2}=/;
const TRAP = /(?:^|[\s;&])trap\s/;
const EACH_COMMAND = /\sDEBUG\b/;
const PATH = /(?:^|[\s;])PATH=/;
const OPEN_FOLDER = /^[^;\s]{0,2000}\/(?:tmp|dev\/shm)\b/;
const DETACHES = /(?:^|[\s;&|(])(?:nohup|setsid|disown|screen|tmux)\s|[^&>|]&\s*(?:$|[;)#])/;
const FETCHES = /\b(?:curl|wget)\b/;
const INTO_SHELL = /\|\s{0,8}(?:[^\s|]{0,200}\/)?(?:ba|da|z)?sh\b/;
const DECODES = /base64\s{1,8}(?:-d|--decode|-D)|\/dev\/tcp\//;
const OPEN_PROGRAM = /^(?:\/tmp|\/var\/tmp|\/dev\/shm)\//;

/** Whether a line of a shell's start-up file does more than set the shell up: it puts a program into the
 *  background or fetches one, starts one from a folder that anyone may write to or a hidden one, hooks
 *  itself into every command or program, or gives the name of a tool to something else.
 *
 *  Limits: one line at a time; a distribution's own files have a few such lines.
 */
export function doesMore(text: string): boolean {
  const line = text.slice(0, MAX_CHARS).trim();
  if (line === "" || line.startsWith("#")) return false;
  if (SETS.test(line) || DETACHES.test(line) || DECODES.test(line)) return true;
  if (isBehind(line, TRAP, EACH_COMMAND) || isBehind(line, FETCHES, INTO_SHELL)) return true;
  if (isBehind(line, PATH, OPEN_FOLDER) || renames(line)) return true;
  const started = startedPrograms(line);
  if (started.some(({ program }) => OPEN_PROGRAM.test(program) || /\/\.[^./]/.test(program))) return true;
  return minerCommandOf(line) !== null;
}

/** Whether the second is found behind the first place of the first: each is looked for once, so that a line
 *  made of nothing but first ones takes no longer. */
function isBehind(line: string, first: RegExp, second: RegExp): boolean {
  const found = first.exec(line);
  return found !== null && second.test(line.slice(found.index + found[0].length));
}

/** An alias that stands for the same tool with other options is everybody's habit. */
function renames(line: string): boolean {
  const alias = ALIAS.exec(line);
  if (alias !== null) {
    const [, name = "", value = ""] = alias;
    const first = /^\S+/.exec(value.trim())?.[0] ?? "";
    return (
      SHOWING.has(name) &&
      (first.replace(/^(?:\/usr(?:\/local)?)?\/s?bin\//, "") !== name || /[|;&]/.test(value))
    );
  }
  const made = FUNCTION.exec(line);
  return made !== null && SHOWING.has(made[1] ?? made[2] ?? "");
}
