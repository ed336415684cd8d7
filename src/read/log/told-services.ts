import { DEFENCES } from "../../tables/defences.ts";
import { minerNamed } from "../../tables/miners.ts";

const NAMES = DEFENCES.flatMap(({ names }) => names);

/** Whether the start or stop of a service is told: of thousands in a log, those that guard the host, write
 *  its logs, or are named like a miner. */
export function isToldService(unit: string): boolean {
  const name = unit.toLowerCase();
  if (NAMES.some((one) => name.includes(one)) || /^(?:rsyslog|syslog|systemd-journald)/.test(name))
    return true;
  return minerNamed(name.replace(/\.service$/, "")) !== null;
}
