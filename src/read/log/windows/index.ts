import type { Reader } from "../../reader.ts";
import { evtx } from "./evtx.ts";
import { windowsEvents } from "./windows-events.ts";
import { windowsXml } from "./windows-xml.ts";

/** Event logs of Windows. */
export const WINDOWS_READERS: readonly Reader[] = [evtx, windowsEvents, windowsXml];
