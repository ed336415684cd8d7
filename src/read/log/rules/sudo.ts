import type { Desk } from "../../reader.ts";
import { failedLogins } from "../failed-logins.ts";
import { commandOf, type LogMessage, loginOf, type MessageRule } from "../message.ts";
import { Repeats } from "../repeats.ts";

/** "deploy : TTY=pts/0 ; PWD=/home/deploy ; USER=root ; COMMAND=/usr/bin/id"; a reason stands before TTY
 *  where sudo refused. */
const SUDO = /^(\S{1,100}) : (?:([^=;]{1,200}) ; )?.{0,4000}?\bCOMMAND=(.{1,16000})$/s;
/** What sudo could not fit into one message of 960 bytes. */
const CONTINUED = /^(\S{1,100}) : \(command continued\) (.{1,16000})$/s;
/** `sudo -n` of a script asks whether a password would be needed. */
const ASKED = "a password is required";
const TRIES = /^(\d{1,3}) incorrect password attempts?$/;
const PKEXEC = /^(\S{1,100}): Executing command \[USER=[^\]]{1,100}\].{0,4000}?\[COMMAND=(.{1,8000})\]$/s;
const DOAS = /^(\S{1,100}) ran command (.{1,8000}) as \S{1,100}(?: from .{1,4000})?$/s;

/** Commands that are run with another user's rights. `user` is who asked for it; a refusal is a failed login.
 *  Limits: the rest of a command that sudo wrote in several messages is a command of its own. */
export const sudo: MessageRule = {
  id: "sudo",
  programs: ["sudo", "pkexec", "doas"],
  source: "sudo 1.9, lib/eventlog/eventlog.c; polkit 124, pkexec.c; OpenDoas 6.8, doas.c",
  take(message, desk) {
    const { text, program } = message;
    if (text.startsWith("pam_unix(")) return;
    if (program === "pkexec") return tell(message, PKEXEC.exec(text), desk);
    if (program === "doas") return tell(message, DOAS.exec(text), desk);
    const continued = CONTINUED.exec(text);
    if (continued !== null) return tell(message, continued, desk);
    const match = SUDO.exec(text);
    if (match === null) return;
    const [, user = null, reason, command = ""] = match;
    if (reason === ASKED) return;
    if (reason !== undefined) refused(message, { user, reason }, desk);
    else tell(message, [text, user ?? "", command], desk);
  },
  finish: (desk) => repeats(desk).finish(desk),
};

function tell(message: LogMessage, match: readonly string[] | null, desk: Desk): void {
  if (match === null) return;
  const [, user = null, command = ""] = match;
  const key = [message.place.evidence, message.host, message.hostname, user, command].join("\0");
  const make = () => commandOf(message, { text: command, user, by: "sudo" });
  repeats(desk).take({ key, atMicros: message.atMicros, make }, desk);
}

interface Refusal {
  readonly user: string | null;
  /** "3 incorrect password attempts", "user NOT in sudoers", "command not allowed". */
  readonly reason: string;
}

function refused(message: LogMessage, { user, reason }: Refusal, desk: Desk): void {
  const tries = TRIES.exec(reason);
  const method = tries === null ? reason : "password";
  const times = tries === null ? 1 : Number(tries[1]);
  failedLogins(desk).take(
    loginOf(message, { outcome: "failed", service: "sudo", user, method, times }),
    desk,
  );
}

function repeats(desk: Desk): Repeats {
  return desk.state("sudo-commands", () => new Repeats());
}
