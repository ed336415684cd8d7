import type { Desk } from "../../reader.ts";
import { failedLogins } from "../failed-logins.ts";
import { type LogMessage, loginOf, type MessageRule } from "../message.ts";

/** util-linux: "(to root) deploy on pts/0", "FAILED SU (to root) deploy on pts/0". */
const UTIL_LINUX = /^(FAILED SU )?\(to (\S{1,100})\) (\S{1,100}) on \S{1,100}$/;
/** shadow: "Successful su for root by deploy", "FAILED su for root by deploy". */
const SHADOW = /^(Successful|FAILED) su for (\S{1,100}) by (\S{1,100})$/;

/** Changes of user. `user` is who one became; root becoming somebody else is no login. */
export const su: MessageRule = {
  id: "su",
  programs: ["su"],
  source: "util-linux 2.40, login-utils/su-common.c; shadow 4.13, src/su.c",
  take(message, desk) {
    const linux = UTIL_LINUX.exec(message.text);
    if (linux !== null) {
      const [, failed, user = "", by = ""] = linux;
      return told(message, { user, by, isFailed: failed !== undefined }, desk);
    }
    const shadow = SHADOW.exec(message.text);
    if (shadow === null) return;
    const [, outcome, user = "", by = ""] = shadow;
    told(message, { user, by, isFailed: outcome === "FAILED" }, desk);
  },
};

interface Change {
  readonly user: string;
  readonly by: string;
  readonly isFailed: boolean;
}

function told(message: LogMessage, { user, by, isFailed }: Change, desk: Desk): void {
  if (by === "root" && !isFailed) return;
  const login = loginOf(message, { outcome: isFailed ? "failed" : "accepted", service: "su", user });
  if (isFailed) failedLogins(desk).take(login, desk);
  else desk.record(login);
}
