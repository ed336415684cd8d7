import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyfile } from "../../../src/read/host/bodyfile.ts";
import { cut, flipped } from "../../kit/damage.ts";
import { dataPath } from "../../kit/data.ts";
import { collectionRecords } from "../../kit/host-records.ts";
import { investigated, investigatedFiles } from "../../kit/investigated.ts";
import { random } from "../../kit/random.ts";

const AT = 1_718_000_000;

interface Listed {
  readonly path: string;
  readonly mode?: string;
  readonly at?: number;
}

const line = ({ path, mode = "-rw-r--r--", at = AT }: Listed): string =>
  `0|${path}|131|${mode}|1000|1000|4096|${at + 5}|${at - 5}|${at}|${at - 90}\n`;

function recordsOf(listed: readonly Listed[]) {
  return collectionRecords({ "bodyfile/bodyfile.txt": listed.map(line).join("") });
}

const many = (count: number, of: (index: number) => Listed): Listed[] =>
  Array.from({ length: count }, (_, index) => of(index));

test("documents that get an odd ending within minutes are a burst", async () => {
  const records = await recordsOf([
    { path: "/etc/passwd" },
    ...many(30, (index) => ({ path: `/srv/docs/${index}.docx.k7f2`, at: AT + index * 40 })),
  ]);
  const bursts = records.filter((one) => one.kind === "burst");
  assert.deepEqual(
    bursts.map(({ ending, files, examples, atMicros, lastMicros, place }) => [
      ending,
      files,
      examples.length,
      atMicros,
      lastMicros,
      place.line,
    ]),
    [[".k7f2", 30, 5, AT * 1e6, (AT + 29 * 40) * 1e6, 2]],
  );
});

const TWINS: readonly (readonly [name: string, listed: readonly Listed[]])[] = [
  ["19 of them", many(19, (index) => ({ path: `/srv/${index}.docx.k7f2` }))],
  ["one each hour", many(200, (index) => ({ path: `/srv/${index}.docx.k7f2`, at: AT + index * 3600 }))],
  ["objects of a build", many(500, (index) => ({ path: `/src/${index}.cpp.o` }))],
  ["compressed manuals", many(500, (index) => ({ path: `/usr/share/man/man1/${index}.1.gz` }))],
  ["files of an upgrade", many(500, (index) => ({ path: `/etc/${index}.conf.dpkg-new` }))],
  ["rotated logs", many(500, (index) => ({ path: `/var/log/app/${index}.log.${index}` }))],
  ["libraries", many(500, (index) => ({ path: `/usr/lib/lib${index}.so.${index}.2` }))],
  ["names with a word behind a dot", many(500, (index) => ({ path: `/srv/pkg.${index}.module.helper` }))],
  ["folders", many(500, (index) => ({ path: `/srv/${index}.docx.k7f2`, mode: "drwxr-xr-x" }))],
];

for (const [name, listed] of TWINS) {
  test(`no burst: ${name}`, async () => {
    const records = await recordsOf(listed);
    assert.deepEqual(
      records.filter((one) => one.kind === "burst"),
      [],
    );
  });
}

const PLAIN = "-rw-r--r--";
const PROGRAM = "-rwxr-xr-x";
const FILES: readonly (readonly [path: string, mode: string, notable: string | null])[] = [
  ["/home/alice/plan.docx.WNCRY", PLAIN, "wannacry-file"],
  ["C:/Users/alice/Desktop/@Please_Read_Me@.txt", PLAIN, "wannacry-file"],
  ["/srv/data/a.xlsx.akira", PLAIN, "ransom-ending"],
  ["/srv/data/How_To_Decrypt_Files.txt", PLAIN, "ransom-note-name"],
  ["/home/alice/.bitcoin/wallet.dat", PLAIN, "wallet"],
  ["/home/alice/Monero/main.keys", PLAIN, "wallet"],
  ["/home/alice/.electrum/wallets/default_wallet", PLAIN, "wallet"],
  ["/tmp/.x/kworker", PROGRAM, "temporary-executable"],
  ["/dev/shm/a", "r/rrwxr-xr-x", "temporary-executable"],
  ["/root/.sys/update", PROGRAM, "hidden-executable"],
  ["/home/alice/how-to.txt", PLAIN, null],
  ["/etc/ssl/private/site.keys", PLAIN, null],
  ["/tmp/notes.txt", PLAIN, null],
  ["/home/alice/.cargo/bin/rg", PROGRAM, null],
  ["/usr/lib/.build-id/aa/bb", PROGRAM, null],
  ["/tmp/folder", "drwxr-xr-x", null],
  ["/home/alice/decryption.md", PLAIN, null],
];

test("notable files are told by path and mode, and others are not", async () => {
  for (const [path, mode, notable] of FILES) {
    const records = await recordsOf([{ path, mode }]);
    const found = records.filter((one) => one.kind === "file");
    assert.deepEqual(
      found.map((one) => [one.path, one.notable, one.changedMicros]),
      notable === null ? [] : [[path, notable, AT * 1e6]],
      path,
    );
  }
});

test("names with bars, links and times that are not known are read", async () => {
  const text =
    "d41d8cd98f00b204e9800998ecf8427e|/tmp/a|b|9-128-1|-rwxr-xr-x|0|0|7|0|0|0|0\n" +
    "0|/tmp/c -> /usr/bin/true|10|lrwxrwxrwx|0|0|7|1|1|1|1\n";
  const records = await collectionRecords({ "bodyfile/bodyfile.txt": text });
  const files = records.filter((one) => one.kind === "file");
  assert.deepEqual(
    files.map(({ path, atMicros, accessedMicros }) => [path, atMicros, accessedMicros]),
    [["/tmp/a|b", null, null]],
  );
});

test("tables with bars are no body files", () => {
  const item = { path: "a.txt", host: "h", modifiedMicros: null };
  for (const text of ["a|b|c\n", "| name | age |\n|---|---|\n", "0|/a|1|-rw|0|0|x|1|1|1|1\n", ""]) {
    assert.equal(bodyfile.sniff(Buffer.from(text), item), false);
  }
});

test("100,000 endings and windows are counted in bounds", async () => {
  const listed = [
    ...many(20_000, (index) => ({ path: `/srv/${index}.docx.q${index}` })),
    ...many(20_000, (index) => ({ path: `/srv/${index}.docx.zz`, at: AT - index * 900 })),
    ...many(40, (index) => ({ path: `/srv/${index}.docx.k7f2` })),
  ];
  const records = await recordsOf(listed);
  assert.deepEqual(
    records.flatMap((one) => (one.kind === "burst" ? [one.ending] : [])),
    [".k7f2"],
  );
});

test("cut and damaged body files are read as far as they go", async () => {
  const by = random(11);
  const listed = many(60, (index) => ({ path: `/srv/${index}.docx.k7f2`, at: AT + index }));
  const whole = Buffer.from(listed.map(line).join(""));
  for (let round = 0; round < 30; round++) {
    await investigatedFiles({ "bodyfile.txt": round % 2 === 0 ? cut(whole, by) : flipped(whole, 40, by) });
  }
});

test("a real collection has no burst, and its clean twin nothing notable", async (t) => {
  const host = (name: string): string | null => dataPath(`host/uac/${name}.tar.gz`);
  const [web01, web02] = [host("uac-web01-linux-20261122174317"), host("uac-web02-linux-20261122174500")];
  if (web01 === null || web02 === null) return t.skip("needs ../shared/data/host/uac");
  const ids = [
    "file-burst",
    "ransom-note",
    "known-ransom-address",
    "wannacry",
    "eternalblue",
    "doublepulsar",
  ];
  for (const path of [web01, web02]) {
    const found = (await investigated([path])).case;
    assert.ok(found.evidence.some(({ kind }) => kind === "bodyfile"));
    assert.deepEqual(
      found.findings.filter(({ detector }) => ids.includes(detector)),
      [],
    );
  }
});

test("a body file among the files of a host tells nothing of that host", async () => {
  const text = many(600, (index) => ({ path: `/home/alice/${index}.docx.locked` }))
    .map(line)
    .join("");
  const told = await collectionRecords({ "bodyfile/bodyfile.txt": text });
  assert.ok(told.some(({ kind }) => kind === "burst"));
  const among = await collectionRecords({ "[root]/home/alice/bodyfile.txt": text });
  assert.deepEqual(
    among.filter(({ kind }) => kind === "burst"),
    [],
  );
});
