import assert from "node:assert/strict";
import { test } from "node:test";
import { keyKind } from "../../src/bytes/private-key.ts";
import { seedPhraseIn } from "../../src/bytes/seed-phrase.ts";

/** Published examples that everybody knows. Sources in the comments. */
const KEYS: readonly (readonly [text: string, kind: ReturnType<typeof keyKind>])[] = [
  // Bitcoin Wiki, "Wallet import format".
  ["5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ", "wif"],
  ["5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTj", null],
  // BIP 32, test vector 1, chain m.
  [
    "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiC" +
      "hkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi",
    "extended-key",
  ],
  [
    "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2g" +
      "Z29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8",
    "extended-key",
  ],
  // BIP 38, "No compression, no EC multiply", test 1.
  ["6PRVWUbkzzsbcVac2qwfssoUJAN1Xhrg6bNk8J7Nzm5H7kxEbn2Nh2ZoGg", "private-key"],
  // An address is no key.
  ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", null],
];

test("keys are told by their checksum and version", () => {
  for (const [text, kind] of KEYS) assert.equal(keyKind(text), kind, text.slice(0, 8));
  for (const text of ["", "5", "z".repeat(111), "5".repeat(1_000_000)]) assert.equal(keyKind(text), null);
});

const MONERO =
  "sequence atlas unveil summon pebbles tuesday beer rudely snake rockets different fuselage woven tagged " +
  "bested dented vegan hover rapid fawns obvious muppet randomly seasons randomly";

test("seed phrases of BIP 39 and Monero are told by their checksum", () => {
  const found = (text: string) => seedPhraseIn(text.split(" "));
  // BIP 39, first test vector.
  const zeros = `${"abandon ".repeat(11)}about`;
  assert.deepEqual(found(zeros), { at: 0, end: 12 });
  assert.deepEqual(found(`these are the words ${zeros}`), { at: 4, end: 16 });
  assert.equal(found(`${"abandon ".repeat(11)}ability`), null);
  assert.equal(found(zeros.toUpperCase()), null);
  // Monero's user guides, "Mnemonic seed".
  assert.deepEqual(found(MONERO), { at: 0, end: 25 });
  assert.equal(found(MONERO.replace("vegan", "vials")), null);
  assert.equal(found(MONERO.split(" ").slice(1).join(" ")), null);
  assert.equal(found(""), null);
});
