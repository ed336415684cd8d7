import { failedLogins } from "../failed-logins.ts";
import { loginOf, type MessageRule } from "../message.ts";

/** "LOGIN ON tty1 BY deploy", "LOGIN ON pts/1 BY deploy FROM 192.0.2.7", "DIALUP AT …". */
const LOGIN = /^(?:LOGIN ON|DIALUP AT) \S{1,100} BY (\S{1,100})(?: FROM (\S{1,255}))?$/;
/** "ROOT LOGIN ON tty1", "ROOT LOGIN on '/dev/pts/0' from '192.0.2.7'". */
const ROOT = /^ROOT LOGIN {1,2}(?:ON|on) \S{1,100}(?: (?:FROM|from) '?([^\s']{1,255})'?)?$/;
/** "FAILED LOGIN 1 FROM 192.0.2.7 FOR root, …", "FAILED LOGIN (1) on '/dev/tty1' FOR 'root', …". */
const FAILED = new RegExp(
  /^FAILED LOGIN (?:SESSION )?\(?\d{1,4}\)?(?: on '[^']{1,100}')?/.source +
    /(?: (?:FROM|from) '?([^\s']{1,255})'?)? FOR '?([^\s',]{1,100})/.source,
);

/** Logins at a console, or over a network without SSH. */
export const login: MessageRule = {
  id: "login",
  programs: ["login"],
  source: "util-linux 2.40, login-utils/login.c; shadow 4.13, src/login.c",
  take(message, desk) {
    const { text } = message;
    const failed = FAILED.exec(text);
    if (failed !== null) {
      const [, from = null, user = null] = failed;
      const method = from === null ? "console" : null;
      const record = loginOf(message, { outcome: "failed", service: "login", user, from, method });
      failedLogins(desk).take(record, desk);
      return;
    }
    const root = ROOT.exec(text);
    const match = root === null ? LOGIN.exec(text) : [text, "root", root[1]];
    if (match === null) return;
    const [, user = null] = match;
    const from = match[2] ?? null;
    const method = from === null ? "console" : null;
    desk.record(loginOf(message, { outcome: "accepted", service: "login", user, from, method }));
  },
};
