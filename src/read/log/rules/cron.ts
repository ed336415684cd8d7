import type { Desk } from "../../reader.ts";
import { commandOf, eventOf, type LogMessage, type MessageRule } from "../message.ts";
import { Repeats } from "../repeats.ts";

/** "(root) CMD (/usr/bin/id)"; BusyBox: "USER root pid 71 cmd /usr/bin/id". */
const RUN = /^\((\S{1,100})\) CMD \((.{1,8000})\)$/s;
const BUSYBOX = /^USER (\S{1,100}) pid {1,4}\d{1,10} cmd (.{1,8000})$/s;
/** "(root) REPLACE (deploy)": who did it, and whose crontab it is. */
const CHANGED = /^\((\S{1,100})\) (REPLACE|DELETE|END EDIT) \((\S{1,100})\)$/;
const DID: Readonly<Record<string, string>> = {
  REPLACE: "was replaced",
  DELETE: "was deleted",
  "END EDIT": "was edited",
};

/** Jobs that cron ran: the command when first run, an event when last run. */
export const cron: MessageRule = {
  id: "cron",
  programs: ["cron", "crond"],
  marks: [") CMD (", " cmd "],
  source: "Vixie cron 3.0 and cronie 1.7, do_command.c; BusyBox 1.36, miscutils/crond.c",
  take(message, desk) {
    const match = RUN.exec(message.text) ?? BUSYBOX.exec(message.text);
    if (match === null) return;
    const [, user = "", padded = ""] = match;
    const text = padded.trim();
    const key = [message.place.evidence, message.host, message.hostname, user, text].join("\0");
    const { atMicros } = message;
    jobs(desk).take({ key, atMicros, make: () => commandOf(message, { text, user, by: "cron" }) }, desk);
  },
  finish: (desk) => jobs(desk).finish(desk),
};

function jobs(desk: Desk): Repeats {
  return desk.state("cron-jobs", () => {
    return new Repeats((last, times) => {
      if (last.kind !== "command") return last;
      const { text, user, host, hostname, atMicros, atHow, clock, place, excerpt } = last;
      const fact = { host, hostname, atMicros, atHow, clock, place, excerpt };
      const says = `cron ran it ${times} times; this is the last`;
      return { ...fact, kind: "event", what: "cron-run", subject: text, user, from: null, says };
    });
  });
}

/** Crontabs that were changed with crontab(1). */
export const crontab: MessageRule = {
  id: "crontab",
  programs: ["crontab"],
  source: "Vixie cron 3.0 and cronie 1.7, crontab.c",
  take(message, desk) {
    const match = CHANGED.exec(message.text);
    if (match !== null) changed(message, match, desk);
  },
};

function changed(message: LogMessage, match: readonly string[], desk: Desk): void {
  const [, by = "", what = "", whose = ""] = match;
  const says = `The crontab of ${whose} ${DID[what]} by ${by}`;
  desk.record(eventOf(message, "cron-changed", { subject: whose, user: by, says }));
}
