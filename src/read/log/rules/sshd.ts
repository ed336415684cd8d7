import type { Desk } from "../../reader.ts";
import { failedLogins } from "../failed-logins.ts";
import { type LogMessage, loginOf, type MessageRule } from "../message.ts";
import { type Unknown, unknownUsers } from "./unknown-users.ts";

const SERVICE = "sshd";
/** "Accepted publickey for root from 203.0.113.7 port 40022 ssh2: RSA SHA256:…". Whoever guesses chooses the
 *  user's name, which may read "root from 192.0.2.1 port 22": the last source is sshd's own. sshd cuts names
 *  to 100 characters and writes unseen ones as four. */
const ACCEPTED = new RegExp(
  /^Accepted (\S{1,40}) for (.{0,400}) from (\S{1,100}) port \d{1,5} {0,2}(?:ssh2)?/.source +
    /(?:: \S{1,40} (SHA256:\S{1,64}|(?:MD5:)?[0-9a-f:]{47}))?/.source,
);
/** "Failed password for invalid user admin from …"; also publickey, keyboard-interactive/pam. */
const FAILED =
  /^Failed (\S{1,40}) for (?:invalid user |illegal user )?(.{0,400}) from (\S{1,100}) port \d{1,5}/;
/** Where password authentication is off, the only trace of a guess. */
const INVALID = /^(?:Invalid|Illegal) user (.{0,400}) from (\S{1,100})(?: port \d{1,5})?$/;
/** rsyslog's own summary of repeated lines. */
const REPEATED = /^message repeated (\d{1,6}) times: \[ ?(.*?)\]?$/;
/** Every client asks with it which methods there are; it is no guess. */
const NO_METHOD = "none";

/** OpenSSH's server. For a user that does not exist, sshd writes "Invalid user" and, where it asks for a
 *  password, "Failed password for invalid user": the former counts only where the latter does not follow. */
export const sshd: MessageRule = {
  id: "sshd",
  programs: ["sshd", "sshd-session", "sshd-auth"],
  marks: ["Accepted ", "Failed ", "nvalid user ", "llegal user "],
  source: "OpenSSH 9.9, auth.c (auth_log) and auth2.c (input_userauth_request); rsyslog, imuxsock",
  take(message, desk) {
    const repeated = message.text.startsWith("message repeated") ? REPEATED.exec(message.text) : null;
    const times = repeated === null ? 1 : Number(repeated[1]);
    const text = repeated?.[2] ?? message.text;
    if (text.startsWith("Accepted ")) accepted({ ...message, text }, desk);
    else if (text.startsWith("Failed ")) failed({ message, text, times }, desk);
    else if (text.startsWith("Invalid ") || text.startsWith("Illegal "))
      invalid({ message, text, times }, desk);
  },
  finish: (desk) => unknownUsers(desk).finish((unknown) => count(unknown, desk)),
};

function accepted(message: LogMessage, desk: Desk): void {
  const match = ACCEPTED.exec(message.text);
  if (match === null) return;
  const [, method = null, user = null, from = null, print] = match;
  const key = print?.replace(/^MD5:/, "") ?? null;
  desk.record(loginOf(message, { outcome: "accepted", service: SERVICE, method, user, from, key }));
}

interface Line {
  readonly message: LogMessage;
  readonly text: string;
  readonly times: number;
}

function failed({ message, text, times }: Line, desk: Desk): void {
  const match = FAILED.exec(text);
  if (match === null) return;
  const [, method = null, user = null, from = null] = match;
  if (method === NO_METHOD) return;
  unknownUsers(desk).forget(message);
  count({ message, method, user, from, times }, desk);
}

function invalid({ message, text, times }: Line, desk: Desk): void {
  const match = INVALID.exec(text);
  if (match === null) return;
  const [, user = null, from = null] = match;
  const evicted = unknownUsers(desk).wait({ message, method: "unknown user", user, from, times });
  for (const one of evicted) count(one, desk);
}

function count(unknown: Unknown, desk: Desk): void {
  const { message, user, from, method, times } = unknown;
  const { host, hostname, atMicros } = message;
  failedLogins(desk).add(
    {
      evidence: message.place.evidence,
      host,
      hostname,
      service: SERVICE,
      user,
      from,
      method,
      times,
      atMicros,
      lastMicros: null,
      record: () => loginOf(message, { outcome: "failed", service: SERVICE, user, from, method, times }),
    },
    desk,
  );
}
