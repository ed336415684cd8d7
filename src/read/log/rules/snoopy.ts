import { commandOf, type MessageRule } from "../message.ts";

/** "[login:root ssh:(192.0.2.7 40022 22) sid:71 tty:/dev/pts/0 cwd:/root filename:/usr/bin/id]: id -u"; which
 *  fields there are is set by the user. */
const COMMAND = /^\[([^\]]{1,2000})\]: (.{1,16000})$/s;

/** Snoopy, a library that logs every program that is started. */
export const snoopy: MessageRule = {
  id: "snoopy",
  programs: ["snoopy"],
  source: "Snoopy 2.5, doc/config and etc/snoopy.ini",
  take(message, desk) {
    const match = COMMAND.exec(message.text);
    if (match === null) return;
    const [, fields = "", text = ""] = match;
    const user = field(fields, "login") ?? field(fields, "username") ?? field(fields, "uid");
    const command = commandOf(message, { text, user, by: "snoopy" });
    const from = /\bssh:\((\S{1,60}) /.exec(fields)?.[1] ?? null;
    desk.record({ ...command, exe: field(fields, "filename"), pid: message.pid, from });
  },
};

function field(fields: string, name: string): string | null {
  return new RegExp(`\\b${name}:(\\S{1,1000})`).exec(fields)?.[1] ?? null;
}
