import { factOf, type MessageRule } from "../message.ts";
import { parsedRequest } from "../web/access-log.ts";
import { mayBeExploit } from "../web/marks.ts";
import { webRequests } from "../web/requests.ts";

/** Web servers that log to syslog instead of a file. */
export const webServer: MessageRule = {
  id: "web-server",
  programs: ["nginx", "apache", "apache2", "httpd", "caddy", "traefik"],
  source: "nginx, Logging to syslog; Apache, CustomLog through logger(1)",
  take(message, desk) {
    const request = mayBeExploit(message.text) ? parsedRequest(message.text) : null;
    if (request === null) return;
    const { atMicros } = request;
    const when = atMicros === null ? {} : ({ atMicros, atHow: "seen", clock: "utc" } as const);
    webRequests(desk).take(request, { ...factOf(message), ...when }, desk);
  },
};
