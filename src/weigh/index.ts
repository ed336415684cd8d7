export { clusters } from "./clusters.ts";
export { listed, observables } from "./observables.ts";
export { story } from "./story.ts";
export { timeline } from "./timeline.ts";
export { wallets } from "./wallets.ts";
