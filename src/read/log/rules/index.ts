import type { Desk } from "../../reader.ts";
import { ByteNames } from "../byte-names.ts";
import { failedLogins } from "../failed-logins.ts";
import type { LogMessage, MessageRule } from "../message.ts";
import { accounts } from "./accounts.ts";
import { audit } from "./audit.ts";
import { clock } from "./clock.ts";
import { cron, crontab } from "./cron.ts";
import { dropbear } from "./dropbear.ts";
import { kernel } from "./kernel.ts";
import { logging } from "./logging.ts";
import { login } from "./login.ts";
import { miner } from "./miner.ts";
import { snoopy } from "./snoopy.ts";
import { sshd } from "./sshd.ts";
import { su } from "./su.ts";
import { sudo } from "./sudo.ts";
import { sysmon } from "./sysmon.ts";
import { systemd } from "./systemd.ts";
import { webServer } from "./web-server.ts";

/** What messages of programs mean. */
export const MESSAGE_RULES: readonly MessageRule[] = [
  sshd,
  dropbear,
  login,
  su,
  sudo,
  cron,
  crontab,
  accounts,
  kernel,
  audit,
  clock,
  logging,
  systemd,
  snoopy,
  sysmon,
  webServer,
  miner,
];

const BY_PROGRAM = new Map<string, MessageRule[]>();
for (const rule of MESSAGE_RULES) {
  for (const program of rule.programs) BY_PROGRAM.set(program, [...(BY_PROGRAM.get(program) ?? []), rule]);
}
const KNOWN = new ByteNames(BY_PROGRAM.keys());

/** Whether any rule reads this program's messages. */
export function isKnownProgram(program: string): boolean {
  return BY_PROGRAM.has(program.toLowerCase());
}

/** The same for a name that is not yet a text. */
export function isKnownSpan(bytes: Uint8Array, at: number, end: number): boolean {
  return KNOWN.has(bytes, at, end);
}

/** Whether a message of this program may tell anything; its text as latin1 is enough. */
export function mayTell(program: string, text: string): boolean {
  const rules = BY_PROGRAM.get(program.toLowerCase()) ?? [];
  return rules.some(({ marks }) => marks === undefined || marks.some((mark) => text.includes(mark)));
}

/** Hands a message to the rules of its program. */
export function tellMessage(message: LogMessage, desk: Desk): void {
  for (const rule of BY_PROGRAM.get(message.program.toLowerCase()) ?? []) rule.take(message, desk);
}

/** Lays down what rules and counts still hold; called after the last piece of evidence, twice is harmless. */
export function finishMessages(desk: Desk): void {
  for (const rule of MESSAGE_RULES) rule.finish?.(desk);
  failedLogins(desk).finish(desk);
}
