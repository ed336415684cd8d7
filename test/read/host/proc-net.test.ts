import assert from "node:assert/strict";
import { test } from "node:test";
import { collectionRecords } from "../../kit/host-records.ts";

const HEADER =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
const REST = "00000000:00000000 00:00000000 00000000  1000        0";

test("addresses are words of a little-endian host; sockets that listen are no connections", async () => {
  const text = `${HEADER}
   0: 0A7100CB:0D05 00000000:0000 0A ${REST} 293761 1 0000000000000000 100 0 0 10 0
   1: 0500140A:E165 0A7100CB:0D05 01 ${REST} 293848 1 0000000000000000 20 0 0 11 -1
   2: 0500140A:E166 0A7100CB:0D05 06 ${REST} 0 3 0000000000000000
   3: nonsense
`;
  const six = `  sl  local_address                         remote_address                        st tx_queue
   0: B80D0120000000000000000001000000:0016 B80D0120000000000000000002000000:C350 01 ${REST} 7 1 0
   1: 0000000000000000FFFF00000500140A:0016 0000000000000000FFFF00000A7100CB:C351 01 ${REST} 8 1 0
`;
  const records = await collectionRecords({
    "live_response/network/proc_net_tcp.txt": text,
    "live_response/network/proc_net_tcp6.txt": six,
  });
  assert.deepEqual(
    records.flatMap((one) => (one.kind === "connection" ? [[one.local, one.remote, one.state]] : [])),
    [
      [{ ip: "10.20.0.5", port: 57701 }, { ip: "203.0.113.10", port: 3333 }, "ESTABLISHED"],
      [{ ip: "10.20.0.5", port: 57702 }, { ip: "203.0.113.10", port: 3333 }, "TIME_WAIT"],
      [{ ip: "2001:db8::1", port: 22 }, { ip: "2001:db8::2", port: 50000 }, "ESTABLISHED"],
      [{ ip: "10.20.0.5", port: 22 }, { ip: "203.0.113.10", port: 50001 }, "ESTABLISHED"],
    ],
  );
});
