import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { base58xmr, bech32, bech32m, createBase58check } from "@scure/base";
import fc from "fast-check";
import { moneroPaymentId } from "../../src/bytes/monero-address.ts";
import { parseWallet } from "../../src/bytes/wallet.ts";
import { dataPath } from "../kit/data.ts";

/** Address, coin, form. Sources in the comments. */
const VALID: readonly (readonly [string, string, string])[] = [
  // Zcash's test vectors for unified addresses (zcash-test-vectors, unified_address.json): Orchard with a
  // receiver of unknown kind; P2SH, Sapling and one of unknown kind.
  [
    "u1p5rt2l48lpmyyeypnffal288jgf2tz50fzn23jdp68vcujvwn0uz5u0evcp35jfmfvrl26az7suqqfm0skn9mmz9un86gqkq9" +
      "va32v4s",
    "zec",
    "unified",
  ],
  [
    "u1k9kavjcgta8y9t9lv3grvry5fqs6avhe9panu4jlg5j5mkkn4wj844mau24n4hx79yst6glun3wa095upapkqhgyrq9kfd7jr7q9" +
      "dgpafhwvgl8ujxrlprl5zahl69cprsets6h2t98",
    "zec",
    "unified",
  ],
  // Test of librustzcash, zcash_keys/src/encoding.rs.
  ["zs1z7rejlpsa98s2rrrfkwmaxu53e4ue0ulcrw0h4x5g8jl04tak0d3mm47vdtahatqrlkngh9slya", "zec", "sapling"],
  // The Monero project's donation address, getmonero.org.
  [
    "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
    "xmr",
    "standard",
  ],
  // BIP 173, examples and test vectors (mainnet).
  ["BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "btc", "p2wpkh"],
  ["bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3", "btc", "p2wsh"],
  // BIP 350, valid mainnet vectors.
  ["bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "btc", "p2tr"],
  ["bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", "btc", "witness-unknown"],
  ["BC1SW50QGDZ25J", "btc", "witness-unknown"],
  ["bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "btc", "witness-unknown"],
  // Output of block 0, and the example of BIP 16.
  ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "btc", "p2pkh"],
  ["3P14159f73E4gFr7JterCCQh9QjiTjiZrG", "btc", "p2sh"],
  // EIP-55, test cases: all caps, all lower, normal.
  ["0x52908400098527886E0F7030069857D2E4169EE7", "eth", "unchecked"],
  ["0x8617E340B3D01FA5F11F306F4090FD50E238070D", "eth", "unchecked"],
  ["0xde709f2102306220921060314715629080e2fb77", "eth", "unchecked"],
  ["0x27b1fdb04752bbc536007a920d24acb045561c26", "eth", "unchecked"],
  ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "eth", "eip55"],
  ["0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "eth", "eip55"],
  ["0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "eth", "eip55"],
  ["0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb", "eth", "eip55"],
  // librustzcash zcash_address, tests of encoding.
  ["t1Hsc1LR8yKnbbe3twRp88p6vFfC5t7DLbs", "zec", "t1"],
  // zcash/src/chainparams.cpp, first of vFoundersRewardAddress.
  ["t3Vz22vK5z2LcKEdg16Yv4FFneEL1zg9ojd", "zec", "t3"],
];

const INVALID: readonly (readonly [string, string])[] = [
  // BIP 173 and BIP 350, invalid addresses (mainnet part).
  ["tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut", "human-readable part"],
  ["bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", "bech32 for version 1"],
  ["BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL", "bech32 for version 16"],
  ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", "bech32m for version 0"],
  ["bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", "character of the checksum"],
  ["BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", "witness version 17"],
  ["bc1pw5dgrnzv", "program of 1 byte"],
  ["bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav", "41 bytes"],
  ["BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", "version 0 with 16 bytes"],
  ["bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf", "padding of 5 bits"],
  ["bc1gmk9yu", "empty data"],
  ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "checksum of version 0"],
  ["bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du", "padding of more than 4 bits"],
  ["bc1rw5uspcuh", "program length"],
  ["bc1qW508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "mixed case"],
  ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "base58 checksum"],
  ["n3ZddxzLvAY9o7184TB4c6FJasAybsw4HZ", "testnet version byte"],
  ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", "EIP-55 checksum"],
  ["0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0X"],
  ["5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "no 0x"],
  ["t1Hsc1LR8yKnbbe3twRp88p6vFfC5t7DLbt", "zcash checksum"],
  ["x", "a name"],
  ["", "nothing"],
];

/** Bytes of a Monero address with a right checksum. */
function moneroBytes(network: number, payload: Uint8Array): Uint8Array {
  const body = Uint8Array.of(network, ...payload);
  return Uint8Array.of(...body, ...keccak_256(body).subarray(0, 4));
}

/** Coin and form by version byte. Source: each node's chainparams.cpp. */
const BASE58_FORMS: ReadonlyMap<number, readonly [string, string]> = new Map([
  [0x00, ["btc", "p2pkh"]],
  [0x05, ["btc", "p2sh"]],
  [0x30, ["ltc", "p2pkh"]],
  [0x32, ["ltc", "p2sh"]],
  [0x4c, ["dash", "p2pkh"]],
  [0x10, ["dash", "p2sh"]],
]);

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test("published addresses of every form are recognised", () => {
  for (const [address, coin, form] of VALID) {
    const wallet = parseWallet(address);
    assert.equal(wallet?.coin, coin, address);
    assert.equal(wallet?.form, form, address);
    assert.equal(wallet?.checked, form !== "unchecked", address);
    const printed = address.startsWith("BC1") ? address.toLowerCase() : address;
    assert.equal(wallet?.address, printed);
  }
});

test("published near-misses are no wallets", () => {
  for (const [text, why] of INVALID) assert.equal(parseWallet(text), null, why);
});

test("Monero addresses of the three network bytes round-trip, and no other byte passes", () => {
  const forms = new Map([
    [18, "standard"],
    [42, "subaddress"],
  ]);
  fc.assert(
    fc.property(fc.nat(127), bytes(64), (network, keys) => {
      const wallet = parseWallet(base58xmr.encode(moneroBytes(network, keys)));
      assert.equal(wallet?.form ?? null, forms.get(network) ?? null);
    }),
  );
  fc.assert(
    fc.property(bytes(72), (payload) => {
      const address = base58xmr.encode(moneroBytes(19, payload));
      assert.equal(parseWallet(address)?.form, "integrated");
      assert.equal(moneroPaymentId(address), Buffer.from(payload.subarray(64)).toString("hex"));
      assert.equal(parseWallet(base58xmr.encode(moneroBytes(18, payload))), null);
    }),
  );
});

test("a payment id belongs to integrated addresses alone", () => {
  assert.equal(moneroPaymentId(VALID[0]?.[0] ?? ""), null);
  assert.equal(moneroPaymentId("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"), null);
});

test("a Monero block above 2^64 is refused, though its low bytes would carry a right checksum", () => {
  const plain = moneroBytes(18, new Uint8Array(64));
  const good = base58xmr.encode(plain);
  assert.equal(parseWallet(good)?.form, "standard");
  // The second block plus 2^64, in base 58: its low eight bytes stay the same, so only the overflow tells.
  const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  let value = 2n ** 64n;
  let block = "";
  for (let i = 0; i < 11; i++) {
    block = alphabet.charAt(Number(value % 58n)) + block;
    value /= 58n;
  }
  assert.equal(value, 0n);
  assert.equal(parseWallet(good.slice(0, 11) + block + good.slice(22)), null);
  // The last block holds 5 bytes in 7 characters: the largest text is above 2^40.
  assert.equal(parseWallet(`${good.slice(0, 88)}zzzzzzz`), null);
});

test("no single changed character leaves a checksummed address valid", () => {
  const checked = VALID.filter(([, , form]) => form !== "unchecked" && form !== "eip55");
  const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0OIl";
  fc.assert(
    fc.property(fc.constantFrom(...checked), fc.nat(), fc.nat(61), ([address], where, letter) => {
      const at = where % address.length;
      const other = alphabet.charAt(letter);
      fc.pre(other !== address.charAt(at));
      assert.equal(parseWallet(address.slice(0, at) + other + address.slice(at + 1)), null);
    }),
    { numRuns: 2000 },
  );
});

test("Bitcoin and Zcash payloads round-trip, and near-misses of version and length do not", () => {
  const check = createBase58check(sha256);
  fc.assert(
    fc.property(fc.nat(255), bytes(20), (version, hash) => {
      const found = parseWallet(check.encode(Uint8Array.of(version, ...hash)));
      assert.deepEqual(found === null ? null : [found.coin, found.form], BASE58_FORMS.get(version) ?? null);
      assert.equal(parseWallet(check.encode(Uint8Array.of(0x1c, 0xb8, ...hash)))?.form, "t1");
      assert.equal(parseWallet(check.encode(Uint8Array.of(0x1c, 0xbd, ...hash)))?.form, "t3");
      assert.equal(parseWallet(check.encode(Uint8Array.of(0x1d, 0x25, ...hash))), null);
      assert.equal(parseWallet(check.encode(Uint8Array.of(0, ...hash.subarray(1)))), null);
    }),
  );
  fc.assert(
    fc.property(fc.nat(31), fc.uint8Array({ minLength: 1, maxLength: 42 }), (version, program) => {
      const codec = version === 0 ? bech32 : bech32m;
      const wallet = parseWallet(codec.encode("bc", [version, ...codec.toWords(program)]));
      const length = program.length;
      const valid =
        version === 0 ? length === 20 || length === 32 : version <= 16 && length >= 2 && length <= 40;
      assert.equal(wallet !== null, valid);
    }),
  );
});

test("hostile text of any length is null, at once", () => {
  const started = performance.now();
  for (const letter of ["1", "4", "z", "0", "\u0000", "\u{1f480}"]) {
    for (const length of [14, 34, 35, 42, 90, 95, 106, 5_000_000]) parseWallet(letter.repeat(length));
  }
  assert.equal(parseWallet(`0x${"a".repeat(5_000_000)}`), null);
  assert.equal(parseWallet(`bc1${"q".repeat(5_000_000)}`), null);
  assert.ok(performance.now() - started < 2000);
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 120 }), (text) => {
      assert.equal(parseWallet(text), null);
    }),
  );
});

test("the published list of 2,341 wallets of malware splits as known", (t) => {
  const path = dataPath("host/ioc/unit42_xmr_wallets.txt");
  if (path === null) return t.skip("the shared data folder is missing");
  const forms = new Map<string, number>();
  const list = readFileSync(path, "utf8")
    .split(/\s+/)
    .filter((line) => line !== "");
  for (const line of list) {
    const form = parseWallet(line)?.form ?? "none";
    forms.set(form, (forms.get(form) ?? 0) + 1);
  }
  assert.deepEqual(Object.fromEntries(forms), { standard: 2103, integrated: 235, none: 3 });
});
