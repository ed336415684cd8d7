import type { Desk } from "../../reader.ts";
import type { LogMessage, MessageRule } from "../message.ts";
import { sshd } from "./sshd.ts";

/** What messages of programs mean. */
export const MESSAGE_RULES: readonly MessageRule[] = [sshd];

const BY_PROGRAM = new Map<string, MessageRule[]>();
for (const rule of MESSAGE_RULES) {
  for (const program of rule.programs) BY_PROGRAM.set(program, [...(BY_PROGRAM.get(program) ?? []), rule]);
}

/** Whether any rule reads this program's messages. */
export function isKnownProgram(program: string): boolean {
  return BY_PROGRAM.has(program.toLowerCase());
}

/** Hands a message to the rules of its program. */
export function tellMessage(message: LogMessage, desk: Desk): void {
  for (const rule of BY_PROGRAM.get(message.program.toLowerCase()) ?? []) rule.take(message, desk);
}
