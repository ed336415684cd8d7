import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { CARRIERS } from "../read/capture/carriers.ts";
import { packets, pcap, pcapng, segments } from "./capture.ts";
import { madeUpWallet, mine } from "./cryptonote.ts";
import { SAMPLE, SAMPLE_TALK, samplePcap } from "./sample-talk.ts";

/** What Wireshark says of a capture; null where it is not installed. */
function tshark(bytes: Uint8Array, filter: string): string[] | null {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-kit-"));
  const path = join(folder, "authored.pcap");
  writeFileSync(path, bytes);
  const checks = ["ip", "tcp", "udp"].flatMap((protocol) => ["-o", `${protocol}.check_checksum:TRUE`]);
  const args = ["-n", "-r", path, ...checks, "-Y", filter, "-T", "fields", "-e", "frame.number"];
  const { status, stdout, stderr, error } = spawnSync("tshark", args, { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  if (error !== undefined) return null;
  assert.equal(status, 0, stderr);
  return stdout.split("\n").filter((line) => line !== "");
}

const FAULTS = [
  "_ws.malformed",
  "ip.checksum.status == 0",
  "tcp.checksum.status == 0",
  "udp.checksum.status == 0",
];
const TALK = "tcp.port == 3333 && tcp.len > 0 && tcp.payload contains 7b:22";

function readsCleanly(t: TestContext, bytes: Uint8Array): void {
  const faults = tshark(bytes, FAULTS.join(" || "));
  if (faults === null) return t.skip("needs tshark (Debian package tshark)");
  assert.deepEqual(faults, []);
  assert.ok((tshark(bytes, TALK)?.length ?? 0) >= SAMPLE.submitted, "tshark does not see the talk");
}

// Wireshark takes what a label carries for Ethernet only when told to.
const DECODED = CARRIERS.filter(({ id }) => id !== "mpls-pseudowire");

for (const { id, linkType, wrap, talk } of DECODED) {
  test(`tshark reads the talk carried as ${id} without a fault`, (t) => {
    readsCleanly(t, samplePcap(wrap, linkType, talk));
  });
}

const FRAMES = packets(SAMPLE_TALK, segments(SAMPLE_TALK));

test("tshark reads nanoseconds, big-endian files and every packet block of pcapng", (t) => {
  readsCleanly(t, pcap(FRAMES, { nanos: true, bigEndian: true }));
  for (const bigEndian of [false, true]) {
    const kinds = ["enhanced", "simple", "old"] as const;
    const interfaces = [{ linkType: 1, resolution: 9, offsetSeconds: 3600 }];
    const sections = kinds.map((kind) => ({
      bigEndian,
      interfaces,
      blocks: FRAMES.map((packet) => ({ kind, packet })),
    }));
    for (const section of sections) readsCleanly(t, pcapng([section]));
  }
});

test("tshark sees the times that were authored", (t) => {
  const second = SAMPLE_TALK.startMicros / 1e6;
  const at = `frame.number == 1 && frame.time_epoch == ${second}`;
  const interfaces = [{ linkType: 1, resolution: 0x80 | 20, offsetSeconds: -7200 }];
  const blocks = FRAMES.map((packet) => ({ kind: "enhanced" as const, packet }));
  const seen = tshark(pcapng([{ interfaces, blocks }]), at);
  if (seen === null) return t.skip("needs tshark (Debian package tshark)");
  assert.equal(seen.length, 1);
  assert.equal(tshark(pcap(FRAMES, { nanos: true }), at)?.length, 1);
});

test("authored evidence is the same every time, and another seed is another talk", () => {
  const miner = {
    login: madeUpWallet("twice"),
    agent: "XMRig/2.2.1",
    hashrateHps: 500,
    seconds: 600,
    phases: [{ at: 0, difficulty: 5000 }],
    startSeconds: 1_500_000_000,
    blockVersion: 5,
    height: 1,
    rejected: null,
  };
  assert.deepEqual(mine({ ...miner, seed: 1 }), mine({ ...miner, seed: 1 }));
  assert.notDeepEqual(mine({ ...miner, seed: 1 }), mine({ ...miner, seed: 2 }));
});

test("authored mining finds its hash rate on average", () => {
  const hashes = Array.from({ length: 100 }, (_, seed) => {
    const phases = [
      { at: 0, difficulty: 5000 },
      { at: 500, difficulty: 20_000 },
    ];
    const who = { login: "a", agent: "b", hashrateHps: 500, seconds: 2000, phases };
    return mine({ ...who, startSeconds: 0, blockVersion: 5, height: 1, rejected: null, seed }).hashes;
  });
  const mean = hashes.reduce((sum, one) => sum + one, 0) / hashes.length;
  assert.ok(Math.abs(mean / (500 * 2000) - 1) < 0.05, `${mean} hashes for ${500 * 2000}`);
});
