import { eventOf, type MessageRule } from "../message.ts";

/** Smaller steps are everyday work of whoever keeps the time. */
const LEAST_SECONDS = 10;

/** Wordings with the size of the step in seconds, where it is told. */
const STEPS = [
  /^System clock was stepped by (-?\d{1,12}(?:\.\d{1,9})?) seconds/,
  /^(?:time reset|time stepped by|time set) ([+-]?\d{1,12}(?:\.\d{1,9})?) ?s?/,
  /^step time server \S{1,255} offset ([+-]?\d{1,12}(?:\.\d{1,9})?) sec/,
  /^System clock time unset or jumped backwards/,
  /^Changed local time to /,
  /^Time jumped backwards, rotating/,
];

/** The clock was set: times before and after do not compare. */
export const clock: MessageRule = {
  id: "clock",
  programs: ["chronyd", "ntpd", "ntpdate", "systemd-timesyncd", "systemd-timedated", "systemd-journald"],
  source: "chrony 4.5, sys_generic.c; ntp 4.2.8, ntp_util.c, ntpdate.c; systemd 255, timesyncd, timedated",
  take(message, desk) {
    for (const pattern of STEPS) {
      const match = pattern.exec(message.text);
      if (match === null) continue;
      const seconds = match[1];
      if (seconds !== undefined && Math.abs(Number(seconds)) < LEAST_SECONDS) return;
      const says = seconds === undefined ? message.text : `The clock was set by ${seconds} seconds`;
      desk.record(eventOf(message, "clock-changed", { subject: "clock", says }));
      return;
    }
  },
};
