export { daySpans } from "./day.ts";
export { distinct } from "./distinct.ts";
export { dwell } from "./dwell.ts";
export { hashrate } from "./hashrate.ts";
export { series } from "./series.ts";
export { sums } from "./sums.ts";
export { valuate } from "./valuate.ts";
