/** Makes the example's evidence: an hour of a small web server's traffic on 2017-07-18 with a miner on it,
 *  as a capture rotated every half hour, and what was collected from the server itself. A reconstruction:
 *  nothing in it was ever sent or run.
 *
 *  node dist/examples/making/make.js     writes the evidence and expected.json beside README.md
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { background, lookup } from "../../test/kit/background.ts";
import { merged, type Packet, packets, pcap } from "../../test/kit/capture.ts";
import { madeUpWallet, mine } from "../../test/kit/cryptonote.ts";
import { checkoutRoot } from "../../test/kit/data.ts";
import { hostCollection } from "./host.ts";

const START = "2017-07-18T02:00:00Z";
const START_SECONDS = Date.parse(START) / 1000;
const HOUR_SECONDS = 3600;
const ROTATED_AFTER_SECONDS = 1800;
const LOGIN_SECONDS = 251;

const WALLET = madeUpWallet("paydirt example: seized-server");
const WORKER = "web01";
const AGENT = "XMRig/2.2.1 (Linux x86_64) libuv/1.9.1 gcc/5.4.0";
const POOL = { name: "xmr-eu.pool.example.net", ip: "198.51.100.77", port: 3333 };
const SERVER = "203.0.113.25";

const place = {
  server: SERVER,
  server6: "2001:db8:25::25",
  resolver: "192.0.2.53",
  startMicros: START_SECONDS * 1e6,
  seconds: HOUR_SECONDS,
};

const mined = mine({
  login: `${WALLET}.${WORKER}`,
  agent: AGENT,
  // What one Xeon of 2013–17 does with CryptoNight: its L3 cache divided by 2 MB in threads, at 40–90 H/s
  // each.
  hashrateHps: 480,
  seconds: HOUR_SECONDS - LOGIN_SECONDS,
  phases: [
    { at: 0, difficulty: 10_000 },
    { at: 700, difficulty: 20_000 },
    { at: 1900, difficulty: 30_000 },
  ],
  startSeconds: START_SECONDS + LOGIN_SECONDS,
  // The chain's major version from block 1,288,616 (2017-04-15) to 1,399,999 (2017-09-15).
  blockVersion: 5,
  // 1,356,518 blocks came before 2017-07-18, then 774 in the day: about 67 in its first two hours.
  height: 1_356_585,
  seed: 20_170_718,
  rejected: 41,
});

const mining = packets({
  client: { ip: SERVER, port: 48_212 },
  server: POOL,
  startMicros: place.startMicros + LOGIN_SECONDS * 1e6,
  clientSequence: 4_294_960_000,
  serverSequence: 1_318_205_114,
  lines: mined.lines,
  roundTripMicros: 31_000,
  close: "none",
});

const poolLookup = lookup(place, LOGIN_SECONDS - 0.05, { name: POOL.name, address: POOL.ip, id: 23_117 });
const all = merged(background(place, 1_356_585), poolLookup, mining);
const turn = place.startMicros + ROTATED_AFTER_SECONDS * 1e6;
const end = place.startMicros + HOUR_SECONDS * 1e6;

const expected = {
  wallet: WALLET,
  worker: WORKER,
  agent: AGENT,
  dialect: "cryptonote",
  coin: "xmr",
  client: SERVER,
  server: `${POOL.ip}:${POOL.port}`,
  serverName: POOL.name,
  sessions: 1,
  jobs: mined.jobs,
  shares: { submitted: mined.submitted, accepted: mined.accepted, rejected: mined.rejected, unanswered: 0 },
  hashes: Math.round(mined.hashes),
  packets: all.filter((packet) => packet.atMicros < end).length,
  host: "web01",
  stages: ["way-in", "staying", "mining", "covering-up"],
};

const within = (from: number, to: number): Packet[] =>
  all.filter((packet) => packet.atMicros >= from && packet.atMicros < to);

/** The files by name; the same bytes every time. */
export function exampleFiles(): ReadonlyMap<string, Uint8Array | string> {
  return new Map<string, Uint8Array | string>([
    ["eth0_20170718_020000.pcap", pcap(within(place.startMicros, turn))],
    ["eth0_20170718_023000.pcap", pcap(within(turn, end))],
    [
      "web01-linux-20170718031000.tar",
      hostCollection({ server: SERVER, wallet: WALLET, worker: WORKER, pool: POOL }),
    ],
    ["expected.json", `${JSON.stringify(expected, null, 2)}\n`],
  ]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const [name, content] of exampleFiles()) {
    const folder = name === "expected.json" ? "making" : "seized-server";
    const path = join(checkoutRoot(), "examples", folder, name);
    writeFileSync(path, content);
    console.log(`${path}: ${content.length.toLocaleString("en")} bytes`);
  }
}
