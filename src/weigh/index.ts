export { dwell } from "./dwell.ts";
export { clusters, observables } from "./observables.ts";
export { story } from "./story.ts";
export { timeline } from "./timeline.ts";
export { wallets } from "./wallets.ts";
