import assert from "node:assert/strict";
import { test } from "node:test";
import { type TagIndex, tagIndex } from "../../../src/follow/bitcoin/tags.ts";
import type { SourceTag, TagActor } from "../../../src/model/chain.ts";
import { bytesAt } from "../../../src/model/place.ts";

const YEAR = 365.25 * 86_400_000_000;
const START = 1_500_000_000_000_000;

function tag(address: string, label: string, over: Partial<SourceTag> = {}): SourceTag {
  return {
    ...{ address, label, coin: "btc", category: null, abuse: null, actor: null, source: null, date: null },
    ...{ confidence: null, isClusterDefiner: null, list: "List", place: bytesAt("e1", 0, 1) },
    ...over,
  };
}

const HUOBI: TagActor = {
  ...{ id: "huobi", label: "Huobi", categories: ["organization", "exchange"], jurisdictions: ["SC"] },
  ...{ uri: null, list: "Actors", place: bytesAt("e2", 0, 1) },
};

function index(tags: readonly SourceTag[], firsts: Readonly<Record<string, number>> = {}): TagIndex {
  const known = new Map(Object.entries(firsts));
  return tagIndex({
    coin: "btc",
    tags,
    actors: [HUOBI],
    firstReceipt: (address) => known.get(address) ?? null,
  });
}

function conflictsOf(tags: readonly SourceTag[]): string[][] {
  return index(tags)
    .tagsOf("a")
    .map(({ conflicts }) => [...conflicts]);
}

const AGREE: readonly (readonly [string, SourceTag, SourceTag])[] = [
  ["the same label", tag("a", "Locky"), tag("a", "Locky", { list: "Other" })],
  ["the same name", tag("a", "Huobi.com"), tag("a", "HUOBI", { list: "Other" })],
  ["one of its names", tag("a", "Netwalker (Mailto)"), tag("a", "Mailto", { list: "Other" })],
  [
    "the same actor",
    tag("a", "Cold", { actor: "huobi" }),
    tag("a", "Huobi", { actor: "huobi", list: "Other" }),
  ],
  ["a vaguer kind", tag("a", "X", { category: "service" }), tag("a", "X", { category: "exchange" })],
  [
    "a kind of another name",
    tag("a", "X", { category: "miner" }),
    tag("a", "X", { category: "mining_service" }),
  ],
  ["that it is sanctioned", tag("a", "OFAC sanctions list", { abuse: "sanction" }), tag("a", "Blender.io")],
];

for (const [says, one, other] of AGREE) {
  test(`lists do not disagree where the other says ${says}`, () => {
    assert.deepEqual(conflictsOf([one, other]), [[], []]);
  });
}

const DISAGREE: readonly (readonly [string, SourceTag, SourceTag])[] = [
  ["another label", tag("a", "Bter hack"), tag("a", "Bter.com")],
  ["another kind", tag("a", "X", { category: "exchange" }), tag("a", "X", { category: "mixing_service" })],
  ["another actor", tag("a", "X", { actor: "huobi" }), tag("a", "Y", { actor: "bitstamp" })],
];

for (const [says, one, other] of DISAGREE) {
  test(`lists disagree where the other says ${says}, and both tags stand`, () => {
    assert.deepEqual(conflictsOf([one, other]), [["tag2"], ["tag1"]]);
  });
}

test("a tag that a list repeats counts once, and keeps what its list says", () => {
  const twice = tag("a", "Locky", { confidence: "forensic", date: "2020-01-01", abuse: "ransomware" });
  const tags = index([tag("b", "Locky"), twice, { ...twice, place: bytesAt("e1", 9, 1) }]).tagsOf("a");
  assert.deepEqual(tags, [{ ...twice, id: "tag2", conflicts: [], caution: null }]);
});

test("a tag of another coin is none of this chain", () => {
  assert.deepEqual(index([tag("a", "X", { coin: "ltc" })]).tagsOf("a"), []);
});

test("a trace stops at a service by the tag's own kind, or its actor's", () => {
  const own = index([tag("a", "Poloniex.com", { category: "exchange", list: "WalletExplorer" })]);
  assert.deepEqual(own.stopAt("a"), {
    stop: "service",
    says: "Poloniex.com, exchange, says WalletExplorer (tag1)",
  });
  assert.deepEqual(own.serviceOf("a")?.name, "Poloniex.com");
  const byActor = index([tag("a", "Cold wallet", { actor: "huobi" })]);
  assert.deepEqual(byActor.serviceOf("a")?.category, "exchange");
  assert.equal(byActor.stopAt("b"), null);
});

test("a trace stops at a CoinJoin, which is no service", () => {
  const coinjoin = index([tag("a", "Samourai Wallet", { category: "coinjoin" })]);
  assert.equal(coinjoin.stopAt("a")?.stop, "coinjoin");
  assert.equal(coinjoin.serviceOf("a"), null);
});

for (const over of [{ category: "user" }, { category: "unheard_of" }, { abuse: "ransomware" }, {}]) {
  test(`a trace does not stop at ${JSON.stringify(over)}`, () => {
    assert.equal(index([tag("a", "X", over)]).stopAt("a"), null);
  });
}

test("a hack of an exchange is no exchange", () => {
  assert.equal(index([tag("a", "Hack", { abuse: "service_hack", actor: "huobi" })]).stopAt("a"), null);
});

test("a stop tells of the tags that disagree", () => {
  const tags = [
    tag("a", "Bter hack", { abuse: "service_hack" }),
    tag("a", "Bter.com", { category: "exchange" }),
  ];
  assert.equal(
    index(tags).stopAt("a")?.says,
    "Bter.com, exchange, says List (tag2); but List says Bter hack (tag1)",
  );
});

test("addresses are found by one of the names of their label", () => {
  const known = index([tag("a", "REvil / Sodinokibi"), tag("b", "Sodinokibi"), tag("c", "Locky")]);
  assert.deepEqual(known.addressesOf("revil/sodinokibi"), ["a", "b"]);
  assert.deepEqual(known.addressesOf(""), []);
});

const RANSOM = { abuse: "ransomware" };

test("a tag is doubtful where its address got coins over a year before the family's others", () => {
  const tags = [tag("a", "Nobody", RANSOM), tag("b", "Nobody", RANSOM), tag("c", "Nobody", RANSOM)];
  const firsts = { a: START - YEAR, b: START, c: START + YEAR };
  assert.equal(index(tags, firsts).doubts(["a", "b", "c"]).size, 0);
  const doubts = index(tags, { ...firsts, a: START - YEAR - 86_400_000_000 }).doubts(["a", "b", "c"]);
  assert.deepEqual([...doubts.keys()], ["a"]);
  assert.equal(
    doubts.get("a")?.says,
    "tagged as Nobody, but it got coins on 2016-07-12, " +
      "1.0 years before the first receipt of its other addresses (2017-07-14)",
  );
});

test("a family that is in the table needs no other address", () => {
  const firsts = { a: Date.UTC(2013, 9, 2) * 1000 };
  assert.match(
    index([tag("a", "Razy", RANSOM)], firsts)
      .doubts(["a"])
      .get("a")?.says ?? "",
    /2\.7 years/,
  );
  assert.equal(index([tag("a", "Nobody", RANSOM)], firsts).doubts(["a"]).size, 0);
});

test("services grow old, and sanctions come late", () => {
  const tags = [tag("a", "Razy", { category: "exchange" }), tag("b", "Razy", { abuse: "sanction" })];
  const firsts = { a: Date.UTC(2009, 9, 2) * 1000, b: Date.UTC(2009, 9, 2) * 1000 };
  assert.equal(index(tags, firsts).doubts(["a", "b"]).size, 0);
});
