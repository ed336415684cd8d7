export { distinct } from "./distinct.ts";
export { hashrate } from "./hashrate.ts";
export { series } from "./series.ts";
export { sums } from "./sums.ts";
export { valuate, type ValuateOptions } from "./valuate.ts";
export { workOf } from "./work.ts";
