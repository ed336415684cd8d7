import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { UnionFind } from "../../../../src/follow/bitcoin/owners/union-find.ts";

test("sets are those that a plain list of groups gives, and so are their sizes", () => {
  const member = fc.nat({ max: 29 });
  fc.assert(
    fc.property(fc.array(fc.tuple(member, member)), (joins) => {
      const sets = new UnionFind();
      const groups = Array.from({ length: 30 }, (_, id) => {
        sets.add();
        return [id];
      });
      for (const [one, other] of joins) {
        sets.join(one, other);
        const [first, second] = [groups[one] ?? [], groups[other] ?? []];
        if (first === second) continue;
        first.push(...second);
        for (const id of second) groups[id] = first;
      }
      for (let id = 0; id < 30; id++) {
        assert.equal(sets.size(id), groups[id]?.length);
        for (let other = 0; other < 30; other++) {
          assert.equal(sets.root(id) === sets.root(other), groups[id] === groups[other]);
        }
      }
    }),
    { seed: 3 },
  );
});

test("it grows beyond its first room, and a long chain of joins is one set", () => {
  const sets = new UnionFind();
  for (let id = 0; id < 5_000; id++) {
    assert.equal(sets.add(), id);
    if (id > 0) sets.join(id - 1, id);
  }
  assert.equal(sets.size(17), 5_000);
  assert.equal(sets.root(4_999), sets.root(0));
});
