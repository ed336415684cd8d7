import type { Reader } from "../reader.ts";
import { auditd } from "./audit/auditd.ts";
import { cloudtrail } from "./cloudtrail.ts";
import { cowrie } from "./honeypot/cowrie.ts";
import { honeypotDays } from "./honeypot/honeypot-days.ts";
import { honeypotTable } from "./honeypot/honeypot-table.ts";
import { journalExport } from "./journal/journal-export.ts";
import { journalFile } from "./journal/journal-file.ts";
import { journalJson } from "./journal/journal-json.ts";
import { kubeAudit } from "./kube-audit.ts";
import { last } from "./last.ts";
import { osquery } from "./osquery.ts";
import { PACKAGE_READERS } from "./packages/index.ts";
import { shellHistory } from "./shell-history.ts";
import { syslog } from "./syslog.ts";
import { utmp } from "./utmp.ts";
import { WEB_READERS } from "./web/index.ts";
import { WINDOWS_READERS } from "./windows/index.ts";

/** Formats of logs, in match order. */
export const LOG_READERS: readonly Reader[] = [
  auditd,
  utmp,
  last,
  journalExport,
  journalFile,
  journalJson,
  shellHistory,
  // Before syslog: yum's lines look like its messages.
  ...PACKAGE_READERS,
  // Before syslog: a balancer's time, name and address look like one of its messages.
  ...WEB_READERS,
  syslog,
  cowrie,
  cloudtrail,
  kubeAudit,
  osquery,
  ...WINDOWS_READERS,
  honeypotDays,
  honeypotTable,
];
