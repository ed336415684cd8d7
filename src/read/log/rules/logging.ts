import type { EventKind } from "../../../model/log-record.ts";
import { eventOf, type MessageRule } from "../message.ts";

interface Wording {
  readonly subject: string;
  readonly what: EventKind;
  readonly pattern: RegExp;
}

const WORDINGS: readonly Wording[] = [
  { subject: "rsyslogd", what: "service-stopped", pattern: /\] exiting on signal \d{1,3}/ },
  { subject: "rsyslogd", what: "service-started", pattern: /^\[origin software="rsyslogd".{0,300}\] start$/ },
  { subject: "syslogd", what: "service-stopped", pattern: /^exiting on signal \d{1,3}/ },
  { subject: "syslog-ng", what: "service-stopped", pattern: /^syslog-ng shutting down/ },
  { subject: "syslog-ng", what: "service-started", pattern: /^syslog-ng starting up/ },
  { subject: "auditd", what: "service-stopped", pattern: /^The audit daemon is exiting/ },
  {
    subject: "auditd",
    what: "service-started",
    pattern: /^Init complete, auditd .{1,40} listening for events/,
  },
  { subject: "journald", what: "service-stopped", pattern: /^Journal stopped/ },
  { subject: "journald", what: "service-started", pattern: /^Journal started/ },
  { subject: "journald", what: "log-cleared", pattern: /^Received client request to rotate journal/ },
];

/** Log services that stop and start: what happens in between is not in the log. */
export const logging: MessageRule = {
  id: "logging",
  programs: ["rsyslogd", "syslogd", "syslog-ng", "auditd", "systemd-journald", "systemd-journal"],
  source:
    "rsyslog 8.24, rsyslogd.c; syslog-ng 4, main.c; audit 4.0, auditd.c; systemd 255, journald-server.c",
  take(message, desk) {
    for (const { subject, what, pattern } of WORDINGS) {
      if (pattern.test(message.text)) return desk.record(eventOf(message, what, { subject }));
    }
  },
};
