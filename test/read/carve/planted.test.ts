import assert from "node:assert/strict";
import { test } from "node:test";
import { CARVED_COINS } from "../../../src/read/carve/families.ts";
import { carved } from "../../kit/carved.ts";
import { mixedLogs, plants, randomImage } from "../../kit/planted.ts";
import { random } from "../../kit/random.ts";

const BYTES = 8 << 20;

for (const [what, make] of [
  ["mixed logs", mixedLogs],
  ["a pseudo-random image", randomImage],
] as const) {
  test(`200 addresses of each coin in 8 MB of ${what}: the intact are found, the damaged are not`, () => {
    const planted = plants(200, random(3));
    const { addresses } = carved(make(BYTES, planted));
    for (const coin of CARVED_COINS) {
      const found = addresses.filter((one) => one.coin === coin).map((one) => one.address);
      assert.deepEqual(found.sort(), [...(planted.intact.get(coin) ?? [])].sort(), coin);
      const alone = carved(make(BYTES, planted), { coins: [coin], others: false });
      assert.deepEqual(alone.addresses.map((one) => one.address).sort(), found, `${coin} alone`);
    }
  });
}

test("an image in UTF-16 shows the same, at either alignment", () => {
  const planted = plants(20, random(5));
  const text = [...mixedLogs(1 << 18, planted)].map((chunk) => chunk.toString("latin1")).join("");
  const wanted = [...planted.intact.values()].flat().sort();
  for (const before of ["", "\u0001"]) {
    const bytes = Buffer.concat([Buffer.from(before, "latin1"), Buffer.from(text, "utf16le")]);
    const found = carved([bytes]).addresses;
    assert.deepEqual(found.map((one) => one.address).sort(), wanted);
    for (const { address, place } of found) {
      const there = bytes.subarray(place.atByte, place.atByte + place.byteLength).toString("utf16le");
      assert.equal(there, address);
    }
  }
});
