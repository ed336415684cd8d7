import { failedLogins } from "../failed-logins.ts";
import { factOf, type LogMessage, type MessageRule } from "../message.ts";

/** "Accepted publickey for root from 203.0.113.7 port 40022 ssh2: RSA SHA256:…" */
const ACCEPTED =
  /^Accepted (\S{1,40}) for (.{0,200}?) from (\S{1,100}) port \d{1,5}(?: ssh2)?(?:: \S{1,20} (SHA256:\S{1,64}|[0-9a-f:]{47}))?/;
/** "Failed password for invalid user admin from …"; also none, publickey, keyboard-interactive/pam. */
const FAILED = /^Failed (\S{1,40}) for (?:invalid user )?(.{0,200}?) from (\S{1,100}) port \d{1,5}/;
/** Where password authentication is off, the only trace of a guess. */
const INVALID = /^Invalid user (.{0,200}?) from (\S{1,100})(?: port \d{1,5})?$/;
/** rsyslog's own summary of repeated lines. */
const REPEATED = /^message repeated (\d{1,6}) times: \[ ?(.*?)\]?$/;

/** OpenSSH's server. A failed password for an invalid user is one login, although sshd writes two lines:
 *  the line without "Failed" counts only where no other follows, so it is left out where it has a port. */
export const sshd: MessageRule = {
  id: "sshd",
  programs: ["sshd", "sshd-session"],
  source: "OpenSSH 9.9, auth.c (auth_log) and auth2.c (input_userauth_request); rsyslog, imuxsock",
  take(message, desk) {
    const repeated = REPEATED.exec(message.text);
    const times = repeated === null ? 1 : Number(repeated[1]);
    const text = repeated?.[2] ?? message.text;
    const base = { ...factOf(message), kind: "login", service: "sshd", times, lastMicros: null } as const;
    const accepted = ACCEPTED.exec(text);
    if (accepted !== null) {
      const [, method = null, user = null, from = null, key = null] = accepted;
      desk.record({ ...base, outcome: "accepted", method, user, from, key });
      return;
    }
    const failed = failureIn(text);
    if (failed !== null) failedLogins(desk).take({ ...base, outcome: "failed", key: null, ...failed }, desk);
  },
};

type Failure = { readonly method: string | null; readonly user: string | null; readonly from: string | null };

function failureIn(text: string): Failure | null {
  const failed = FAILED.exec(text);
  if (failed !== null) return { method: failed[1] ?? null, user: failed[2] ?? null, from: failed[3] ?? null };
  const invalid = INVALID.exec(text);
  return invalid === null
    ? null
    : { method: "unknown user", user: invalid[1] ?? null, from: invalid[2] ?? null };
}

export type { LogMessage };
