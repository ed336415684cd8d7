import { failedLogins } from "../failed-logins.ts";
import { loginOf, type MessageRule } from "../message.ts";

/** "Password auth succeeded for 'root' from 192.0.2.7:40022",
 *  "Pubkey auth succeeded for 'root' with ssh-ed25519 key SHA256:… from 192.0.2.7:40022". */
const ACCEPTED = new RegExp(
  /^(Password|Pubkey|PAM password) auth succeeded for '([^']{1,100})'/.source +
    /(?: with .{0,80}?(SHA256:\S{1,64}|[0-9a-f:]{47}))? from (\S{1,60}):\d{1,5}$/.source,
);
const FAILED = /^Bad (?:PAM )?password attempt for '([^']{1,100})' from (\S{1,60}):\d{1,5}$/;
const UNKNOWN = /^Login attempt for nonexistent user(?: '([^']{1,100})')? from (\S{1,60}):\d{1,5}$/;

/** The SSH server of routers and small systems. */
export const dropbear: MessageRule = {
  id: "dropbear",
  programs: ["dropbear"],
  source: "Dropbear 2024.85, svr-auth.c, svr-authpasswd.c, svr-authpubkey.c",
  take(message, desk) {
    const accepted = ACCEPTED.exec(message.text);
    if (accepted !== null) {
      const [, how, user = null, key = null, from = null] = accepted;
      const method = how === "Pubkey" ? "publickey" : "password";
      desk.record(loginOf(message, { outcome: "accepted", service: "dropbear", user, key, from, method }));
      return;
    }
    const bad = FAILED.exec(message.text);
    const match = bad ?? UNKNOWN.exec(message.text);
    if (match === null) return;
    const [, user = null, from = null] = match;
    const method = bad === null ? "unknown user" : "password";
    failedLogins(desk).take(
      loginOf(message, { outcome: "failed", service: "dropbear", user, from, method }),
      desk,
    );
  },
};
