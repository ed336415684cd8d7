import type { EventKind } from "../../../model/log-record.ts";
import { eventOf, type MessageRule } from "../message.ts";

/** One wording; the subject is the first group, who did it the second where there is one. */
interface Wording {
  readonly pattern: RegExp;
  readonly what: EventKind;
}

const ADDED = "account-added";
const CHANGED = "account-changed";
const NAME = /'?([^\s',:]{1,100})'?/.source;

const WORDINGS: readonly Wording[] = [
  { what: ADDED, pattern: /^new user: name=([^,\s]{1,100})/ },
  { what: CHANGED, pattern: new RegExp(`^add ${NAME} to (?:shadow )?group `) },
  { what: CHANGED, pattern: new RegExp(`^(?:change|lock|unlock|delete) user ${NAME}`) },
  { what: CHANGED, pattern: new RegExp(`^delete ${NAME} from (?:shadow )?group `) },
  { what: CHANGED, pattern: /^pam_unix\([\w-]{1,40}:chauthtok\): password changed for (\S{1,100})$/ },
  { what: CHANGED, pattern: /^password for '([^']{1,100})' changed by '([^']{1,100})'$/ },
  { what: CHANGED, pattern: /^changed (?:password(?: expiry)?|user) (?:for )?'?([^\s']{1,100})'?/ },
  { what: CHANGED, pattern: /^user (\S{1,100}) added by (\S{1,100}) to group / },
  { what: CHANGED, pattern: /^members of group (\S{1,100}) set by (\S{1,100}) to / },
];

/** Programs that make and change accounts. What useradd tells of groups in /etc/gshadow it tells twice. */
export const accounts: MessageRule = {
  id: "accounts",
  programs: ["useradd", "usermod", "userdel", "passwd", "chpasswd", "gpasswd", "chsh", "chage", "groupmod"],
  source:
    "shadow 4.13, src/useradd.c, usermod.c, userdel.c, passwd.c, gpasswd.c, chsh.c; Linux-PAM, pam_unix",
  take(message, desk) {
    if (message.text.includes(" shadow group ")) return;
    for (const { pattern, what } of WORDINGS) {
      const match = pattern.exec(message.text);
      if (match === null) continue;
      desk.record(eventOf(message, what, { subject: match[1] ?? "", user: match[2] ?? null }));
      return;
    }
  },
};
