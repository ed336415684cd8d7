import { syslogTime } from "./time.ts";

/** The intruder's first failure; everything else is told from here. */
const FIRST = Date.UTC(2026, 2, 30, 2, 0, 0);
const SOURCE = "198.51.100.23";

/** A log of authentication: guesses, a login, and what was done with sudo, each a minute after the other. */
export function brokenInto(...commands: readonly string[]): string {
  const line = (seconds: number, said: string): string =>
    `${syslogTime(new Date(FIRST + seconds * 1000))} build01 ${said}`;
  const guesses = Array.from({ length: 30 }, (_, index) =>
    line(
      index * 5,
      `sshd[${7000 + index}]: Failed password for carol from ${SOURCE} port ${40_000 + index} ssh2`,
    ),
  );
  const done = commands.map((command, index) =>
    line(300 + index * 60, `sudo:    carol : TTY=pts/3 ; PWD=/home/carol ; USER=root ; COMMAND=${command}`),
  );
  const login = line(200, `sshd[7100]: Accepted password for carol from ${SOURCE} port 41000 ssh2`);
  return `${[...guesses, login, ...done].join("\n")}\n`;
}
