export { type DaySpan, daySpans } from "./day.ts";
export { distinct } from "./distinct.ts";
export { hashrate } from "./hashrate.ts";
export { series } from "./series.ts";
export { sums } from "./sums.ts";
export { type ValuateOptions, valuate } from "./valuate.ts";
