import type { Reader } from "../../reader.ts";
import { accessLog } from "./access-log.ts";
import { containerLog } from "./container-log.ts";
import { jsonAccess } from "./json-access.ts";
import { w3cLog } from "./w3c-log.ts";

/** Logs of web servers, in match order: what wraps them first, JSON of nobody in particular last. */
export const WEB_READERS: readonly Reader[] = [containerLog, accessLog, w3cLog, jsonAccess];
