import { merged, packets, pcap } from "../kit/capture.ts";
import { madeUpWallet, mine } from "../kit/cryptonote.ts";

const START_SECONDS = Date.UTC(2017, 6, 14, 9) / 1000;

export const WALLET = madeUpWallet("command line");

/** Ten minutes of a miner at 900 H/s, and how many shares its pool accepted. */
export function miningCapture(seed = 1): { readonly bytes: Uint8Array; readonly accepted: number } {
  const mined = mine({
    login: WALLET,
    agent: "XMRig/2.0.1 (Linux x86_64)",
    hashrateHps: 900,
    seconds: 600,
    phases: [{ at: 0, difficulty: 5000 }],
    startSeconds: START_SECONDS,
    blockVersion: 6,
    height: 1_353_000,
    seed,
    rejected: null,
  });
  const talk = packets({
    client: { ip: "192.0.2.10", port: 41_000 + seed },
    server: { ip: "198.51.100.7", port: 3333 },
    startMicros: START_SECONDS * 1e6,
    lines: mined.lines,
  });
  return { bytes: pcap(merged(talk)), accepted: mined.accepted };
}

/** A capture of packets that mean nothing. */
export function quietCapture(): Uint8Array {
  const talk = packets({
    client: { ip: "192.0.2.20", port: 50_000 },
    server: { ip: "198.51.100.80", port: 8080 },
    startMicros: START_SECONDS * 1e6,
    lines: [
      { from: "client", at: 1, says: "hello\n" },
      { from: "server", at: 2, says: "good day\n" },
    ],
  });
  return pcap(talk);
}
