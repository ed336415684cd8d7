import { pcap } from "./capture/pcap.ts";
import { pcapng } from "./capture/pcapng.ts";
import { HOST_READERS } from "./host/index.ts";
import { LOG_READERS } from "./log/index.ts";
import type { Reader } from "./reader.ts";

/** Every format of evidence, in match order: the first that knows a file reads it. */
export const READERS: readonly Reader[] = [pcap, pcapng, ...HOST_READERS, ...LOG_READERS];
