// Loaded before a program (`node --import`): whatever would reach the network or start another program says
// so on standard error, and throws.

import childProcess from "node:child_process";
import dgram from "node:dgram";
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

/** What stands before the name of each deed that was refused. */
export const REFUSED = "refused by the test:";

const REACHING: readonly (readonly [of: object, names: readonly string[]])[] = [
  [net.Socket.prototype, ["connect"]],
  [net.Server.prototype, ["listen"]],
  [dgram.Socket.prototype, ["bind", "connect", "send"]],
  [dns, functionsOf(dns, /^(?:lookup|resolve|reverse)/)],
  [dns.promises, functionsOf(dns.promises, /^(?:lookup|resolve|reverse)/)],
  [dns.Resolver.prototype, functionsOf(dns.Resolver.prototype, /^(?:resolve|reverse)/)],
  [childProcess, functionsOf(childProcess, /^(?:exec|fork|spawn)/)],
];

function functionsOf(of: object, names: RegExp): readonly string[] {
  return Object.getOwnPropertyNames(of).filter((name) => names.test(name));
}

for (const [of, names] of REACHING) {
  for (const name of names) {
    const value = (): never => {
      process.stderr.write(`${REFUSED} ${name}\n`);
      throw new Error(`${REFUSED} ${name}`);
    };
    Object.defineProperty(of, name, { value, configurable: true, writable: true });
  }
}
syncBuiltinESMExports();
