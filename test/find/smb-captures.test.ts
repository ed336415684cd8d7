import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { dataPath } from "../kit/data.ts";
import { investigated } from "../kit/investigated.ts";

const IDS: readonly string[] = ["eternalblue", "doublepulsar", "wannacry"];

async function toldOf(path: string): Promise<string[]> {
  const { findings } = (await investigated([path])).case;
  return findings
    .filter(({ detector }) => IDS.includes(detector))
    .map(({ detector, severity, likelihood, about }) => {
      const ends = about.map((one) => one.slice(one.lastIndexOf(".") + 1)).join(" ");
      return `${detector} ${severity} ${likelihood}: ${ends}`;
    });
}

const REAL: Readonly<Record<string, readonly string[]>> = {
  // Holds the start of two hosts and no TCP at all: the attempt itself was not captured.
  "eternalblue-failed-patched-win7": [],
  "doublepulsar-backdoor-connect-win7": ["doublepulsar high 0.97: 203 204"],
  "eternalblue-success-unpatched-win7": ["eternalblue high 0.97: 203 204", "doublepulsar high 0.97: 203 204"],
  wannacry: [
    "eternalblue high 0.97: 138 149",
    "eternalblue high 0.6: 143 149",
    "eternalblue high 0.6: 149 138",
    "eternalblue high 0.97: 172 138 149",
    "doublepulsar high 0.97: 138 149",
    "doublepulsar high 0.97: 172 138 149",
    "wannacry high 0.9: 138",
    "wannacry high 0.95: 149",
  ],
};

for (const [name, expected] of Object.entries(REAL)) {
  test(`${name}: success is told from failure, and the worm from the tools`, async (t) => {
    const path = dataPath(`pcap/smb/${name}.headers.pcap`);
    if (path === null) return t.skip("needs ../shared/data/pcap/smb");
    assert.deepEqual(await toldOf(path), expected);
  });
}

test("captures with SMB, NetBIOS, DCE/RPC or Kerberos of nDPI's corpus are silent", async (t) => {
  const folder = dataPath("pcap/ndpi");
  if (folder === null) return t.skip("needs ../shared/data/pcap/ndpi");
  const names = readdirSync(folder).filter((name) => /smb|netbios|netbeui|dcerpc|kerberos|ntlm/.test(name));
  assert.ok(names.length >= 8, names.join());
  for (const name of names) assert.deepEqual(await toldOf(`${folder}/${name}`), [], name);
});
