import { pcap } from "./capture/pcap.ts";
import { pcapng } from "./capture/pcapng.ts";
import type { Reader } from "./reader.ts";

/** Every format of evidence, in match order: the first that knows the head of a file reads it. */
export const READERS: readonly Reader[] = [pcap, pcapng];
