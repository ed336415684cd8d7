import { type Mined, madeUpWallet, mine } from "./cryptonote.ts";
import { packets, type Segment, segments, type TcpTalk, type Wrap } from "./talk.ts";
import { pcap } from "./writers.ts";

export const SAMPLE_WALLET = madeUpWallet("paydirt test: sample talk");
const START_SECONDS = Date.parse("2017-07-18T12:00:00Z") / 1000;

/** A quarter of an hour of CryptoNote: enough shares to lose some, few enough to look at. */
export const SAMPLE: Mined = mine({
  login: `${SAMPLE_WALLET}.rig7`,
  agent: "XMRig/2.2.1 (Linux x86_64)",
  hashrateHps: 400,
  seconds: 900,
  phases: [
    { at: 0, difficulty: 5000 },
    { at: 300, difficulty: 20_000 },
  ],
  startSeconds: START_SECONDS,
  blockVersion: 5,
  height: 1_356_900,
  seed: 12,
  rejected: 9,
});

export const SAMPLE_TALK: TcpTalk = {
  client: { ip: "192.0.2.10", port: 40_001 },
  server: { ip: "198.51.100.20", port: 3333 },
  startMicros: START_SECONDS * 1e6,
  lines: SAMPLE.lines,
};

export const SAMPLE_TALK6: TcpTalk = {
  ...SAMPLE_TALK,
  client: { ip: "2001:db8::10", port: 40_001 },
  server: { ip: "2001:db8:20::1", port: 3333 },
};

/** The sample as a pcap file, carried as `wrap` says over a link of this type. */
export function samplePcap(wrap?: Wrap, linkType = 1, talk: TcpTalk = SAMPLE_TALK): Uint8Array {
  return pcap(packets(talk, segments(talk), wrap), { linkType });
}

export function faultyPcap(change: (sent: Segment[]) => Segment[], talk: TcpTalk = SAMPLE_TALK): Uint8Array {
  return pcap(packets(talk, change(segments(talk))));
}
