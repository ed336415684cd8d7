import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addressScript, scriptAddress, scriptKind } from "../../src/bytes/bitcoin-script.ts";
import { bytesToHex, hexToBytes } from "../../src/bytes/hex.ts";
import { BITCOIN_NETWORKS, networkById } from "../../src/tables/bitcoin-networks.ts";

const BTC = { p2pkh: 0, p2sh: 5, hrp: "bc" };

/** Scripts and addresses of BIP 173 ("Test vectors"), BIP 350, the genesis block and well-known outputs. */
const KNOWN: readonly (readonly [kind: string, script: string, network: string, address: string | null])[] = [
  [
    "p2pk",
    "4104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c" +
      "384df7ba0b8d578a4c702b6bf11d5fac",
    "btc",
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
  ],
  [
    "p2pkh",
    "76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac",
    "btc",
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
  ],
  [
    "p2pkh",
    "76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac",
    "btc-testnet3",
    "mpXwg4jMtRhuSpVq4xS3HFHmCmWp9NyGKt",
  ],
  ["p2sh", "a91489abcdefabbaabbaabbaabbaabbaabbaabbaabba87", "btc", "3EExK1K1TF3v7zsFtQHt14XqexCwgmXM1y"],
  [
    "p2wpkh",
    "0014751e76e8199196d454941c45d1b3a323f1433bd6",
    "btc",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
  ],
  [
    "p2wsh",
    "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
    "btc-testnet3",
    "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
  ],
  [
    "p2tr",
    "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
    "btc",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
  ],
  [
    "witness-unknown",
    "5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6",
    "btc",
    "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
  ],
  ["witness-unknown", "6002751e", "btc", "bc1sw50qgdz25j"],
  ["multisig", `5121${"02".repeat(33)}21${"03".repeat(33)}52ae`, "btc", null],
  ["op-return", "6a0468696869", "btc", null],
  ["nonstandard", "", "btc", null],
  ["nonstandard", "51", "btc", null],
  // A program of version 0 that is neither 20 nor 32 bytes long can never be spent.
  ["nonstandard", `0015${"00".repeat(21)}`, "btc", null],
  ["nonstandard", `53${`21${"02".repeat(33)}`.repeat(2)}52ae`, "btc", null],
  ["nonstandard", `51${`21${"02".repeat(33)}`.repeat(2)}53ae`, "btc", null],
  ["nonstandard", "51ae", "btc", null],
  ["nonstandard", "ae", "btc", null],
  ["nonstandard", `21${"05".repeat(33)}ac`, "btc", null],
];

for (const [kind, hex, network, address] of KNOWN) {
  test(`${hex.slice(0, 24) || "an empty script"} is ${kind}, ${address ?? "without an address"}`, () => {
    const script = hexToBytes(hex) ?? assert.fail();
    const forms = networkById(network) ?? assert.fail();
    assert.equal(scriptKind(script), kind);
    assert.equal(scriptAddress(script, forms), address);
    if (address !== null && kind !== "p2pk") {
      assert.equal(bytesToHex(addressScript(address, forms) ?? new Uint8Array()), hex);
      assert.deepEqual(addressScript(address, { p2pkh: 1, p2sh: 2, hrp: "xx" }), null);
    }
  });
}

test("a script and its address are one another's, on every network", () => {
  const program = fc.uint8Array({ minLength: 2, maxLength: 40 });
  const wanted = fc.record({
    forms: fc.constantFrom(...BITCOIN_NETWORKS),
    version: fc.integer({ min: 1, max: 16 }),
    program,
    hash: fc.uint8Array({ minLength: 20, maxLength: 20 }),
  });
  fc.assert(
    fc.property(wanted, ({ forms, version, program, hash }) => {
      const scripts = [
        Uint8Array.of(0x76, 0xa9, 20, ...hash, 0x88, 0xac),
        Uint8Array.of(0xa9, 20, ...hash, 0x87),
        ...(forms.hrp === null ? [] : [Uint8Array.of(0x50 + version, program.length, ...program)]),
      ];
      for (const script of scripts) {
        const address = scriptAddress(script, forms) ?? assert.fail();
        assert.deepEqual(addressScript(address, forms), script);
      }
    }),
  );
});

test("any bytes are some kind, and no text that is damaged is a script", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (script) => {
      const address = scriptAddress(script, BTC);
      if (scriptKind(script) === "nonstandard") assert.equal(address, null);
    }),
  );
  assert.equal(addressScript("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", BTC), null);
  assert.equal(addressScript("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", BTC), null);
  assert.equal(addressScript("", BTC), null);
});
