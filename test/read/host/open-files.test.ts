import assert from "node:assert/strict";
import { test } from "node:test";
import { collectionRecords } from "../../kit/host-records.ts";

test("programs, folders and connections; the state of a file's inode is not its name", async () => {
  const text = `COMMAND    PID     USER   FD   TYPE DEVICE SIZE/OFF    NODE NAME
perl         8        0  cwd    DIR  254,0     4096       2 /srv/my site
perl         8        0  txt    REG  254,0  1265648  260104 /usr/bin/perl (path inode=339380)
perl         8        0  txt    REG  254,0  1265648  260105 /usr/lib/other.so
perl         8        0    4u  IPv4 293762      0t0     TCP 203.0.113.10:3333->10.20.0.5:57701 (ESTABLISHED)
perl         8        0    5u  IPv6 293763      0t0     TCP [2001:db8::1]:22->[2001:db8::2]:50000 (CLOSE_WAIT)
perl         8        0    3u  IPv4 293761      0t0     TCP 203.0.113.10:3333 (LISTEN)
kthreadad   11     1000  txt    REG  254,0  1019904 2491022 /tmp/c/kthreadadd64 (deleted)
kthreadad   12     1000  txt unknown                        /proc/12/exe (readlink: Permission denied)
`;
  const records = await collectionRecords({ "live_response/process/lsof_-nPl.txt": text });
  assert.deepEqual(
    records.flatMap((one) =>
      one.kind === "process" ? [[one.pid, one.name, one.exe, one.isDeleted, one.cwd]] : [],
    ),
    [
      [8, "perl", "/usr/bin/perl", false, "/srv/my site"],
      [11, null, "/tmp/c/kthreadadd64", true, null],
    ],
  );
  assert.deepEqual(
    records.flatMap((one) =>
      one.kind === "connection" ? [[one.pid, one.process, one.remote, one.state]] : [],
    ),
    [
      [8, "perl", { ip: "10.20.0.5", port: 57701 }, "ESTABLISHED"],
      [8, "perl", { ip: "2001:db8::2", port: 50000 }, "CLOSE_WAIT"],
    ],
  );
});
