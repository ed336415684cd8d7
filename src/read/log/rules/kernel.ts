import type { Desk } from "../../reader.ts";
import { eventOf, type LogMessage, type MessageRule } from "../message.ts";
import { Repeats } from "../repeats.ts";

/** "[   12.345678] " in front of what the kernel says. */
const UPTIME = /^\[ {0,8}\d{1,8}\.\d{1,6}\] /;
const TAINTS = [
  /^([\w-]{1,64}): loading out-of-tree module taints kernel/,
  /^([\w-]{1,64}): module verification failed: signature and\/or required key missing/,
  /^([\w-]{1,64}): module license '.{1,60}' taints kernel/,
  /^module ([\w-]{1,64}): .{0,80}taint/,
];
/** Miners switch hardware prefetchers off for speed; nothing else writes these registers from outside. */
const MSR = /^(?:msr: )?Write to unrecognized MSR (0x[0-9a-f]{1,8}) by (\S{1,16}) \(pid: \d{1,10}\)/;
const START = /^Linux version (\S{1,100})/;

/** The kernel's own messages. */
export const kernel: MessageRule = {
  id: "kernel",
  programs: ["kernel"],
  marks: ["taint", "unrecognized MSR", "Linux version "],
  source: "Linux 6.12, kernel/module/main.c, arch/x86/kernel/msr.c, init/version.c",
  take(message, desk) {
    const text = message.text.replace(UPTIME, "");
    // Most of these lines are a firewall's; none of the expressions below needs to see them.
    if (text.startsWith("[") || text.includes(" IN=")) return;
    if (text.startsWith("Linux version ")) {
      const says = `The host started with the kernel ${START.exec(text)?.[1] ?? ""}`;
      desk.record(eventOf(message, "boot", { subject: "start", says }));
    } else if (text.includes("taint")) tainted({ ...message, text }, desk);
    else if (text.includes("unrecognized MSR")) registers({ ...message, text }, desk);
  },
  finish: (desk) => repeats(desk).finish(desk),
};

function tainted(message: LogMessage, desk: Desk): void {
  for (const pattern of TAINTS) {
    const name = pattern.exec(message.text)?.[1];
    if (name === undefined) continue;
    const key = [message.place.evidence, message.host, message.hostname, name].join("\0");
    const make = () => eventOf(message, "module-loaded", { subject: name });
    repeats(desk).take({ key, atMicros: message.atMicros, make }, desk);
    return;
  }
}

function registers(message: LogMessage, desk: Desk): void {
  const match = MSR.exec(message.text);
  if (match === null) return;
  const [, register, program = ""] = match;
  const says = `${program} wrote to the processor's register ${register}`;
  const key = [message.place.evidence, message.host, message.hostname, program, register].join("\0");
  const make = () => eventOf(message, "huge-pages", { subject: program, says });
  repeats(desk).take({ key, atMicros: message.atMicros, make }, desk);
}

function repeats(desk: Desk): Repeats {
  return desk.state("kernel-events", () => new Repeats());
}
