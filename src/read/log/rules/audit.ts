import { auditEvents, finishAudit } from "../audit/audit-events.ts";
import { auditRecord } from "../audit/audit-record.ts";
import type { MessageRule } from "../message.ts";

/** Records of Linux audit that reached syslog: by a plugin of auditd, or from the kernel where none runs. */
export const audit: MessageRule = {
  id: "audit",
  programs: ["audispd", "audisp-syslog", "audit", "auoms", "kernel"],
  marks: ["audit("],
  source: "audit 4.0, audisp/plugins/syslog; Linux 6.12, kernel/audit.c (audit_hold_skb, kauditd_printk_skb)",
  take(message, desk) {
    // A kernel says more than this, and most of it not to us.
    const text = message.text.replace(/^\[ {0,8}\d{1,8}\.\d{1,6}\] /, "");
    if (!text.includes("audit(")) return;
    const record = auditRecord({ ...message, text });
    if (record !== null) auditEvents(desk).take(record, desk);
  },
  finish: finishAudit,
};
