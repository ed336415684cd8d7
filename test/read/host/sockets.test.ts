import assert from "node:assert/strict";
import { test } from "node:test";
import { collectionRecords } from "../../kit/host-records.ts";

type Told = readonly (readonly unknown[])[];

async function told(text: string): Promise<Told> {
  const records = await collectionRecords({ "live_response/network/list.txt": text });
  return records.flatMap((one) =>
    one.kind === "connection" ? [[one.pid, one.process, one.local?.port, one.remote, one.state]] : [],
  );
}

const PEER = { ip: "203.0.113.10", port: 3333 };

test("ss, with and without the kind of socket; a socket of several processes is told for each", async () => {
  const text = `Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
nl    UNCONN 0      0               rtnl:kernel              *
tcp   LISTEN 0      5            0.0.0.0:22          0.0.0.0:*     users:(("sshd",pid=7,fd=3))
tcp   ESTAB  0      0    10.20.0.5%eth0:57701   203.0.113.10:3333  users:(("x",pid=11,fd=3),("y",pid=12,fd=3))
tcp   ESTAB  0      0    [::ffff:10.20.0.5]:57702  [::ffff:203.0.113.10]:3333
tcp   ESTAB  0      0             web01:ssh            pool:3333
`;
  assert.deepEqual(await told(text), [
    [11, "x", 57701, PEER, "ESTAB"],
    [12, "y", 57701, PEER, "ESTAB"],
    [null, null, 57702, PEER, "ESTAB"],
  ]);
});

test("netstat of Linux", async () => {
  const text = `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      7/sshd
tcp        0      0 10.20.0.5:57701         203.0.113.10:3333       ESTABLISHED 11/x
tcp6       0      0 ::ffff:10.20.0.5:57702  ::ffff:203.0.113.10:3333 ESTABLISHED -
Active UNIX domain sockets (servers and established)
unix  2      [ ACC ]     STREAM     LISTENING     12345    1/init   /run/x
`;
  assert.deepEqual(await told(text), [
    [11, "x", 57701, PEER, "ESTABLISHED"],
    [null, null, 57702, PEER, "ESTABLISHED"],
  ]);
});

test("netstat of Windows", async () => {
  const text = `\r
Active Connections\r
\r
  Proto  Local Address          Foreign Address        State           PID\r
  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       908\r
  TCP    192.0.2.5:49713        203.0.113.10:3333      ESTABLISHED     4242\r
  UDP    0.0.0.0:123            *:*                                    1000\r
`;
  assert.deepEqual(await told(text), [[4242, null, 49713, PEER, "ESTABLISHED"]]);
});
