import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Gap } from "../../../src/model/gap.ts";
import type { Member } from "../../../src/read/archive/archive.ts";
import { treeMembers } from "../../../src/read/host/tree.ts";
import { RunDesk } from "../../../src/run/desk.ts";

interface Walk {
  readonly members: readonly Member[];
  readonly texts: Readonly<Record<string, string>>;
  readonly gaps: readonly Gap[];
}

/** Walks a folder that `lay` fills; `before` is called with each member before it is read. */
async function walked(
  lay: (root: string) => void | Promise<void>,
  before: (member: Member, root: string) => void = () => {},
): Promise<Walk> {
  const root = mkdtempSync(join(tmpdir(), "paydirt-tree-"));
  try {
    await lay(root);
    const desk = new RunDesk();
    const members: Member[] = [];
    const texts: Record<string, string> = {};
    for await (const member of treeMembers({ id: "e1", name: "tree", path: root }, desk)) {
      before(member, root);
      members.push(member);
      const parts: Uint8Array[] = [];
      for await (const chunk of member.chunks) parts.push(chunk);
      texts[member.path] = Buffer.concat(parts).toString("utf8");
    }
    return { members, texts, gaps: desk.gaps() };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

test("files in the order of their names; links, pipes and sockets are passed over", async () => {
  const servers: ReturnType<typeof createServer>[] = [];
  const { texts, gaps } = await walked(async (root) => {
    mkdirSync(join(root, "b/c"), { recursive: true });
    writeFileSync(join(root, "b/c/2"), "two");
    writeFileSync(join(root, "a"), "one");
    symlinkSync("..", join(root, "b/up"));
    symlinkSync("/etc/passwd", join(root, "b/passwd"));
    execFileSync("mkfifo", [join(root, "b/pipe")]);
    const server = createServer();
    servers.push(server);
    await new Promise<void>((done) => server.listen(join(root, "b/socket"), done));
  });
  for (const server of servers) server.close();
  assert.deepEqual(Object.entries(texts), [
    ["a", "one"],
    ["b/c/2", "two"],
  ]);
  assert.deepEqual(gaps, []);
});

test("names with line ends, and bytes that are no UTF-8, are read", async (t) => {
  if (process.platform !== "linux") return t.skip("the file system takes no such names");
  const { texts, gaps } = await walked((root) => {
    writeFileSync(join(root, "new\nline"), "1");
    writeFileSync(Buffer.concat([Buffer.from(`${root}/x`), Buffer.from([0xff, 0xfe])]), "2");
    mkdirSync(Buffer.concat([Buffer.from(`${root}/y`), Buffer.from([0xc3])]));
    writeFileSync(Buffer.concat([Buffer.from(`${root}/y`), Buffer.from([0xc3]), Buffer.from("/z")]), "3");
  });
  assert.deepEqual(Object.entries(texts), [
    ["new\nline", "1"],
    ["x\ufffd\ufffd", "2"],
    ["y\ufffd/z", "3"],
  ]);
  assert.deepEqual(gaps, []);
});

test("what grows is read as far as it went, what shrinks as far as it goes; gone is a gap", async () => {
  const { texts, gaps } = await walked(
    (root) => {
      writeFileSync(join(root, "grows"), "abc");
      writeFileSync(join(root, "shrinks"), "abc");
      writeFileSync(join(root, "vanishes"), "abc");
    },
    ({ path }, root) => {
      if (path === "grows") appendFileSync(join(root, path), "def");
      if (path === "shrinks") truncateSync(join(root, path), 1);
      if (path === "vanishes") unlinkSync(join(root, path));
    },
  );
  assert.deepEqual(texts, { grows: "abc", shrinks: "a", vanishes: "" });
  assert.deepEqual(
    gaps.map(({ code }) => code),
    ["unreadable"],
  );
});

test("folders that may not be read are counted", async (t) => {
  if (process.getuid?.() === 0) return t.skip("root may read everything");
  const closed: string[] = [];
  const { gaps } = await walked((root) => {
    for (const name of ["a", "b"]) {
      mkdirSync(join(root, name));
      chmodSync(join(root, name), 0);
      closed.push(join(root, name));
    }
  });
  assert.deepEqual(
    gaps.map(({ code, count }) => [code, count]),
    [["no-permission", 2]],
  );
});

test("folders deeper than any real one are a gap", async () => {
  const { texts, gaps } = await walked((root) => {
    mkdirSync(join(root, Array.from({ length: 230 }, () => "d").join("/")), { recursive: true });
    writeFileSync(join(root, "d/near"), "");
  });
  assert.deepEqual(Object.keys(texts), ["d/near"]);
  assert.deepEqual(
    gaps.map(({ code }) => code),
    ["nesting-limit"],
  );
});

test("a copied /proc: what its links say is a member of its own; the zone is where one leads", async () => {
  const { texts } = await walked((root) => {
    mkdirSync(join(root, "etc"));
    symlinkSync("/usr/share/zoneinfo/Europe/Berlin", join(root, "etc/localtime"));
    mkdirSync(join(root, "proc/7"), { recursive: true });
    writeFileSync(join(root, "proc/7/stat"), "7 (x) S 1");
    symlinkSync("/tmp/x (deleted)", join(root, "proc/7/exe"));
  });
  assert.equal(texts["etc/localtime"], "/usr/share/zoneinfo/Europe/Berlin");
  assert.equal(texts["proc/7/stat"], "7 (x) S 1");
  assert.match(
    texts["processes.jsonl"] ?? "",
    /"collector":"tree"[^\n]*\n[^\n]*"exe":"\/tmp\/x \(deleted\)"/,
  );
});
