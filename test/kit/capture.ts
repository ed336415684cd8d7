/** Authors captures for tests and examples: layers around a payload, talks over TCP, and the two file
 *  formats. Everything is deterministic: times are given, and chance comes from `random(seed)`.
 */
export * from "./internet.ts";
export * from "./layers.ts";
export { text } from "./octets.ts";
export { type Random, random } from "./random.ts";
export {
  contradicted,
  type Endpoint,
  fromMicros,
  ip,
  type Line,
  lost,
  merged,
  oneSided,
  type Party,
  packets,
  reordered,
  retransmitted,
  type Segment,
  segments,
  type TcpTalk,
  type Wrap,
} from "./talk.ts";
export * from "./tunnels.ts";
export {
  type Block,
  type Interface,
  type Packet,
  type PcapOptions,
  pcap,
  pcapng,
  type Section,
} from "./writers.ts";
