import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { type Entry, tarOf } from "../../kit/archives.ts";
import { cut, flipped } from "../../kit/damage.ts";
import { investigatedFiles } from "../../kit/investigated.ts";
import { random } from "../../kit/random.ts";

const LINE = "Jan 14 03:14:07 web01 sshd[1]: Accepted password for deploy from 203.0.113.9 port 40188 ssh2\n";

/** LINE, compressed by bzip2 1.0.8, xz 5.4.1 and zstd 1.5.4. */
const PACKED = {
  bzip2:
    "QlpoOTFBWSZTWcSyVEwAABdfgAAQQAF88CAQAAo/R9ygIABIx5T0nqDTHqhp6mgAinqbSPEQBoaaNPUctKeQ7b4gIg" +
    "Ag0ZZwW29ESfKWOIjI3mrYPWclatJ05dmrTheQMCtWHyvY8BEwuFAIEtQyc/8XckU4UJDEslRM",
  xz:
    "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4ABcAFtdACUYScIBFMMdpMFG+q5+DTvDGNwvAOLEZLVVW8ESbBexZ7tX0v" +
    "wC+tt8cEvRcHnu/iDsfETzzmqJtMF1aWzAMOaSraliIT2Hj9ezlOj66zJ5HlQ5D5uZeqV/lAAAAEoPwRTwmQL6AAF3" +
    "XVN3IlUftvN9AQAAAAAEWVo=",
  zstd:
    "KLUv/SRdrQIA0kUUGXBp29zMzgpUw9/9qQIoD6qDspvI/qp+N1mAk3RfqbN0hXUvMOjOmEF2nlBGvlDEJp4VObIu3c" +
    "YeU9k8jsGX4QqYdP/skMsDttItZE93hUEIABM7+e4=",
};

const FORMS: readonly (readonly [string, Uint8Array])[] = [
  ["gzip", gzipSync(LINE)],
  ...Object.entries(PACKED).map(([id, text]) => [id, Buffer.from(text, "base64")] as const),
];

/** A rotated log whose time of writing is known, so that its line has a year. */
function rotated(content: Uint8Array): Uint8Array {
  const entry: Entry = { path: "var/log/auth.log.2", content, modifiedSeconds: 1_768_400_000 };
  return tarOf([entry]);
}

for (const [id, packed] of FORMS) {
  test(`a log compressed with ${id} is read, by itself and in an archive`, async () => {
    for (const [file, bytes] of [
      ["auth.log", packed],
      ["logs.tar", rotated(packed)],
    ] as const) {
      const { hosts, evidence, gaps } = await investigatedFiles({ [file]: bytes });
      assert.equal(hosts[0]?.counts["login"], 1, file);
      assert.equal(evidence.at(-1)?.compression, id, file);
      assert.deepEqual(gaps, [], file);
    }
  });

  test(`${id} cut at each of its bytes, or with some of them changed, ends well`, {
    timeout: 60_000,
  }, async () => {
    const by = random(7);
    let told = 0;
    for (let at = 8; at < packed.length; at += 3) {
      const found = await investigatedFiles({ "logs.tar": rotated(packed.subarray(0, at)) });
      told += found.gaps.length > 0 ? 1 : 0;
    }
    for (let left = 20; left > 0; left -= 1) {
      await investigatedFiles({ "logs.tar": rotated(flipped(packed, 1 + (left % 4), by)) });
      await investigatedFiles({ "logs.tar": rotated(cut(packed, by)) });
    }
    assert.ok(told >= Math.floor((packed.length - 8) / 3), `only ${told} cuts were told`);
  });
}
