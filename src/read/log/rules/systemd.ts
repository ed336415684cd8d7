import { eventOf, type MessageRule } from "../message.ts";
import { isToldService } from "../told-services.ts";

/** "Started auditd.service - Security Auditing Service.", before systemd 249 without the unit's name. */
const CHANGED = /^(Started|Stopped) (.{1,200}?)\.?$/;
const DOWN =
  /^(?:System is (?:rebooting|powering down|halting)|Sending SIGTERM to remaining processes|Shutting down\.)/;

/** What systemd says of services that matter, and of the host as a whole. */
export const systemd: MessageRule = {
  id: "systemd",
  programs: ["systemd", "systemd-logind", "systemd-shutdown"],
  marks: ["Started ", "Stopped ", "Startup finished in ", "System is ", "SIGTERM", "Shutting down"],
  source: "systemd 255, src/core/job.c, src/core/manager.c, src/login/logind-dbus.c, src/shutdown/shutdown.c",
  take(message, desk) {
    const { text } = message;
    if (text.startsWith("Started ") || text.startsWith("Stopped ")) {
      const [, did, unit = ""] = CHANGED.exec(text) ?? [];
      if (did === undefined || !isToldService(unit)) return;
      const what = did === "Started" ? "service-started" : "service-stopped";
      desk.record(eventOf(message, what, { subject: unit.split(" - ")[0] ?? unit }));
    } else if (text.startsWith("Startup finished in ") && text.includes("(kernel)")) {
      desk.record(eventOf(message, "boot", { subject: "start" }));
    } else if (DOWN.test(text)) desk.record(eventOf(message, "boot", { subject: "stop" }));
  },
};
