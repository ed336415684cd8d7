import assert from "node:assert/strict";
import { test } from "node:test";
import type { Case } from "../../../src/model/case.ts";
import { SMB_MARKS } from "../../../src/tables/smb-exploits.ts";
import { cut, flipped } from "../../kit/damage.ts";
import { dataPath } from "../../kit/data.ts";
import { byteGaps, investigated, investigatedFiles } from "../../kit/investigated.ts";
import { random } from "../../kit/random.ts";
import {
  SMB_CLIENT,
  SMB_SERVER,
  type SmbLine,
  session,
  smbCapture,
  smbMessage,
  smbTalk,
} from "../../kit/smb.ts";
import { packets } from "../../kit/talk.ts";
import { pcap } from "../../kit/writers.ts";

const PING = 0x0054_8748;
const RUN = 0x001a_8925;
const call = (multiplexId: number, timeout: number): SmbLine => ({
  command: 0x32,
  multiplexId,
  setup: [0x0e],
  timeout,
});
const answered = (command: number, multiplexId: number, status: number): SmbLine => ({
  command,
  answer: true,
  multiplexId,
  status,
});
const NOT_IMPLEMENTED = 0xc000_0002;
const INVALID_PARAMETER = 0xc000_000d;
const INSUFFICIENT = 0xc000_0205;
const peek = (file: number): SmbLine => ({ command: 0x25, setup: [0x23, file] });
const secondary = (multiplexId = 64): SmbLine => ({ command: 0x33, multiplexId, dataBytes: 4096 });

/** Marks of the timeline as "client>server mark". */
function marks(of: Case): string[] {
  return of.timeline
    .filter(({ what }) => what === "smb")
    .map(({ says }) => {
      const [, client, server, said] = /^(\S+) to (\S+): (.*)$/.exec(says) ?? [];
      return `${client}>${server} ${SMB_MARKS.find((mark) => mark.says === said)?.id}`;
    })
    .sort();
}

async function marksOf(lines: readonly SmbLine[]): Promise<string[]> {
  const found = marks(await investigatedFiles({ "a.pcap": smbCapture(smbTalk(lines)) }));
  return found.map((one) => one.replace(`${SMB_CLIENT}>${SMB_SERVER} `, ""));
}

const TALKS: readonly (readonly [name: string, lines: readonly SmbLine[], expected: readonly string[]])[] = [
  [
    "a call that is answered 16 higher",
    [call(65, PING), answered(0x32, 81, NOT_IMPLEMENTED)],
    ["doublepulsar-present"],
  ],
  [
    "a call whose id comes back",
    [call(65, PING), answered(0x32, 65, NOT_IMPLEMENTED)],
    ["doublepulsar-absent"],
  ],
  ["a call without an answer", [call(65, PING)], ["doublepulsar-unanswered"]],
  ["a program that is run", [call(66, RUN), answered(0x32, 82, NOT_IMPLEMENTED)], ["doublepulsar-ran"]],
  [
    "a program that is refused",
    [call(66, RUN), answered(0x32, 98, NOT_IMPLEMENTED)],
    ["doublepulsar-refused"],
  ],
  ["a timeout that hides no command", [call(65, 5000), answered(0x32, 81, NOT_IMPLEMENTED)], []],
  ["an answer 17 higher", [call(65, PING), answered(0x32, 82, NOT_IMPLEMENTED)], ["doublepulsar-unanswered"]],
  ["a probe of an open server", [peek(0), answered(0x25, 64, INSUFFICIENT)], ["ms17-010-open"]],
  ["a probe of an updated server", [peek(0), answered(0x25, 64, 0xc000_0008)], ["ms17-010-closed"]],
  ["a look into an open pipe", [peek(0x4000), answered(0x25, 64, INSUFFICIENT)], []],
  [
    "an overflow",
    [
      { command: 0xa0 },
      answered(0xa0, 64, 0),
      secondary(),
      secondary(),
      answered(0x32, 64, INVALID_PARAMETER),
    ],
    ["eternalblue-groom", "eternalblue-overwrite"],
  ],
  [
    "an overflow that fails",
    [{ command: 0xa0 }, secondary(), secondary(), answered(0x32, 64, 0xc000_0022)],
    ["eternalblue-groom", "eternalblue-refused"],
  ],
  [
    "NT Trans with secondaries of its own kind",
    [{ command: 0xa0 }, { command: 0xa1, dataBytes: 4096 }, answered(0xa0, 64, INVALID_PARAMETER)],
    [],
  ],
  [
    "Trans2 with secondaries of its own kind, after an NT Trans of the same id",
    [{ command: 0xa0 }, { command: 0x32, setup: [0] }, secondary(), answered(0x32, 64, INVALID_PARAMETER)],
    [],
  ],
  ["secondaries of another transaction", [{ command: 0xa0 }, secondary(65)], []],
  ["the tree of WannaCry", [{ command: 0x75, says: "\\\\172.16.99.5\\IPC$" }], ["wannacry-tree"]],
  ["another tree", [{ command: 0x75, says: "\\\\172.16.99.6\\IPC$" }], []],
];

for (const [name, lines, expected] of TALKS) {
  test(`SMB: ${name}`, async () => assert.deepEqual(await marksOf(lines), expected));
}

test("the tree of WannaCry is nothing on the server that has that address", async () => {
  const talk = smbTalk([{ command: 0x75, says: "\\\\172.16.99.5\\IPC$" }], {
    server: { ip: "172.16.99.5", port: 445 },
  });
  assert.deepEqual(marks(await investigatedFiles({ "a.pcap": smbCapture(talk) })), []);
});

const WHOLE = TALKS.flatMap(([, lines]) => lines);

test("segments of any size and NetBIOS sessions over port 139 show the same marks", async () => {
  const expected = await marksOf(WHOLE);
  assert.ok(expected.length >= 8, expected.join());
  for (const maxSegment of [40, 100, 9000]) {
    const file = smbCapture(smbTalk(WHOLE, { maxSegment }));
    const found = await investigatedFiles({ "a.pcap": file });
    assert.deepEqual(
      marks(found).map((one) => one.split(" ")[1]),
      expected,
    );
  }
  const talk = smbTalk(WHOLE);
  const names = new Uint8Array(68).fill(0x43);
  names[0] = 32;
  const opening = { from: "client", at: 0.1, says: session(0x81, names) } as const;
  const accepted = { from: "server", at: 0.2, says: session(0x82, new Uint8Array(0)) } as const;
  const over139 = {
    ...talk,
    server: { ip: SMB_SERVER, port: 139 },
    lines: [opening, accepted, ...talk.lines],
  };
  const found = await investigatedFiles({ "a.pcap": smbCapture(over139) });
  assert.equal(marks(found).length, expected.length);
});

test("packets that are cut to 160 bytes show the same marks, and no stream is called lost", async () => {
  const found = await investigatedFiles({ "a.pcap": smbCapture(smbTalk(WHOLE), 160) });
  assert.equal(marks(found).length, (await marksOf(WHOLE)).length);
  assert.deepEqual(
    byteGaps(found).map(({ code }) => code),
    ["truncated-packet"],
  );
});

test("a conversation seen from its middle, the server first, has the same client", async () => {
  const lines = [answered(0x72, 64, 0), call(65, PING), answered(0x32, 81, NOT_IMPLEMENTED)];
  const talk = smbTalk(lines);
  const file = pcap(packets(talk).slice(3));
  assert.deepEqual(marks(await investigatedFiles({ "a.pcap": file })), [
    `${SMB_CLIENT}>${SMB_SERVER} doublepulsar-present`,
  ]);
});

test("both ends are hosts of the case, named by their addresses", async () => {
  const lines = [call(65, PING), answered(0x32, 81, NOT_IMPLEMENTED)];
  const found = await investigatedFiles({ "a.pcap": smbCapture(smbTalk(lines)) });
  assert.deepEqual(
    found.hosts.map(({ addresses, counts }) => [addresses, counts["smb"] ?? 0]),
    [
      [[SMB_CLIENT], 1],
      [[SMB_SERVER], 0],
    ],
  );
});

test("damaged conversations end, and nothing is thrown", async () => {
  const by = random(5);
  const whole = smbCapture(smbTalk(WHOLE, { maxSegment: 700 }));
  for (let round = 0; round < 40; round++) {
    await investigatedFiles({ "a.pcap": round % 2 === 0 ? cut(whole, by) : flipped(whole, 60, by) });
  }
});

test("SMB 2 is dropped at its first message", async () => {
  const bytes = smbMessage({ command: 0x72 });
  bytes[4] = 0xfe;
  const talk = smbTalk([call(65, PING)]);
  const lines = [{ from: "client", at: 0.5, says: bytes } as const, ...talk.lines];
  assert.deepEqual(marks(await investigatedFiles({ "a.pcap": smbCapture({ ...talk, lines }) })), []);
});

const REAL: readonly (readonly [file: string, expected: readonly string[]])[] = [
  ["eternalblue-failed-patched-win7", []],
  ["doublepulsar-backdoor-connect-win7", ["204>203 doublepulsar-present"]],
  [
    "eternalblue-success-unpatched-win7",
    [
      "204>203 doublepulsar-absent",
      "204>203 doublepulsar-present",
      "204>203 eternalblue-groom",
      "204>203 eternalblue-overwrite",
    ],
  ],
  ["wannacry", wannaCry()],
];

function wannaCry(): string[] {
  const tried = ["doublepulsar-absent", "eternalblue-groom", "eternalblue-overwrite", "wannacry-tree"];
  const taken = ["doublepulsar-present", "doublepulsar-ran"];
  const of = (pair: string, ids: readonly string[]): string[] => ids.map((id) => `${pair} ${id}`);
  return [
    ...of("149>138", [...tried, "ms17-010-open", "doublepulsar-present"]),
    ...of("149>143", [...tried, "ms17-010-open"]),
    ...of("149>172", [...tried, ...taken, "ms17-010-open"]),
    ...of("149>150", ["wannacry-tree"]),
    ...of("138>149", [...tried, "ms17-010-open"]),
    ...of("138>172", [...tried, ...taken, "ms17-010-open"]),
    ...of("138>143", ["doublepulsar-absent", "ms17-010-closed", "wannacry-tree"]),
    ...of("138>150", ["wannacry-tree"]),
  ].sort();
}

for (const [name, expected] of REAL) {
  test(`the real capture ${name} shows exactly its marks`, async (t) => {
    const path = dataPath(`pcap/smb/${name}.headers.pcap`);
    if (path === null) return t.skip("needs ../shared/data/pcap/smb");
    const found = marks((await investigated([path])).case);
    assert.deepEqual(
      found.map((one) => one.replace(/\d+\.\d+\.\d+\.(?=\d)/g, "")),
      expected,
    );
  });
}
