// Checks the case of the example: node scripts/expected.mjs case/case.json examples/making/expected.json
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

const [casePath, expectedPath] = process.argv.slice(2);
const found = JSON.parse(readFileSync(casePath, "utf8"));
const expected = JSON.parse(readFileSync(expectedPath, "utf8"));
const [session] = found.sessions;

const actual = {
  wallet: session?.wallet,
  worker: session?.worker,
  agent: session?.agent,
  dialect: session?.dialect,
  coin: session?.coin,
  client: session?.client.ip,
  server: `${session?.server.ip}:${session?.server.port}`,
  serverName: session?.serverName?.name,
  sessions: found.sessions.length,
  jobs: session?.jobs,
  shares: session?.shares,
  hashes: Math.round(session?.work?.hashes),
  host: found.hosts.map(({ name }) => name).join(),
  stages: found.hosts[0]?.story.filter(({ findings }) => findings.length > 0).map(({ stage }) => stage),
  packets: found.evidence.reduce((sum, { packets }) => sum + packets, 0),
};

const faults = Object.entries(expected)
  .filter(([key, value]) => !isDeepStrictEqual(actual[key], value))
  .map(([key, value]) => `${key} is ${JSON.stringify(actual[key])}, expected ${JSON.stringify(value)}`);
if (!found.findings.some(({ detector, about }) => detector === "mining" && about.includes(expected.client))) {
  faults.push(`no finding "mining" about ${expected.client}`);
}
for (const fault of faults) console.error(`${casePath}: ${fault}`);
if (faults.length > 0) process.exit(1);
console.log(`${casePath} holds what ${expectedPath} expects`);
