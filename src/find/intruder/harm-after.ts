import type { DeedGroup } from "../../tables/deeds.ts";

/** Deeds that only intruders do, as something that follows a login or a request. */
const FOLLOWS: Readonly<Record<DeedGroup, string>> = {
  "log-clearing": "logs were cleared",
  "immutable-files": "files were locked against changes",
  "hidden-process": "processes were hidden",
  "renamed-tools": "system tools were renamed",
  "competitor-kill": "other miners were ended",
  "defence-off": "defences were turned off",
  "wallet-theft": "wallets were looked for",
  "exposed-service": "an open service ran commands",
  harm: "unknown programs were fetched and run",
  mining: "a miner was set up or at work",
};

/** What followed, in words. */
export function followed(groups: readonly DeedGroup[]): string[] {
  return [...groups].sort().map((group) => FOLLOWS[group]);
}
