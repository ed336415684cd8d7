import assert from "node:assert/strict";
import { isIPv4, isIPv6 } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { compareIps, formatIpv4, formatIpv6, parseIp } from "../../src/bytes/ip.ts";

const groups = (...values: number[]) => Uint8Array.from(values.flatMap((value) => [value >> 8, value & 255]));

test("IPv4 prints from signed and unsigned numbers", () => {
  assert.equal(formatIpv4(0xc6336407), "198.51.100.7");
  assert.equal(formatIpv4(0xc6336407 | 0), "198.51.100.7");
  assert.equal(formatIpv4(0), "0.0.0.0");
});

test("IPv6 prints as RFC 5952 says", () => {
  const cases: readonly (readonly [Uint8Array, string])[] = [
    [groups(0, 0, 0, 0, 0, 0, 0, 0), "::"],
    [groups(0, 0, 0, 0, 0, 0, 0, 1), "::1"],
    [groups(0x2001, 0xdb8, 0, 0, 0, 0, 2, 1), "2001:db8::2:1"],
    // § 4.2.2: one zero group alone is not shortened.
    [groups(0x2001, 0xdb8, 0, 1, 1, 1, 1, 1), "2001:db8:0:1:1:1:1:1"],
    // § 4.2.3: the longest run, and of equal ones the first.
    [groups(0x2001, 0, 0, 1, 0, 0, 0, 1), "2001:0:0:1::1"],
    [groups(0x2001, 0xdb8, 0, 0, 1, 0, 0, 1), "2001:db8::1:0:0:1"],
    // § 4.3: lower case.
    [groups(0xabcd, 0, 0, 0, 0, 0, 0, 0), "abcd::"],
    // § 5: mapped addresses.
    [groups(0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0201), "::ffff:192.0.2.1"],
    [groups(0, 0, 0, 0, 0, 0xfffe, 0xc000, 0x0201), "::fffe:c000:201"],
  ];
  for (const [bytes, text] of cases) {
    assert.equal(formatIpv6(bytes), text);
    assert.equal(formatIpv6(Uint8Array.of(9, 9, ...bytes), 2), text);
    assert.deepEqual(parseIp(text), bytes);
  }
});

test("addresses round-trip, and Node's parser agrees on what is one", () => {
  const group = fc.oneof(fc.constant(0), fc.nat(0xffff));
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (values) => {
      const bytes = groups(...values);
      assert.ok(isIPv6(formatIpv6(bytes)));
      assert.deepEqual(parseIp(formatIpv6(bytes)), bytes);
    }),
  );
  fc.assert(
    fc.property(fc.nat(0xffff_ffff), (value) => {
      assert.ok(isIPv4(formatIpv4(value)));
      assert.deepEqual(parseIp(formatIpv4(value)), groups(value >>> 16, value & 0xffff));
    }),
  );
  const piece = fc.constantFrom(":", "::", ".", "1", "0", "255", "256", "fe80", "g", "01", "1.2.3.4");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
      const text = pieces.join("");
      assert.equal(parseIp(text) !== null, isIPv4(text) || isIPv6(text), text);
    }),
    { numRuns: 5000 },
  );
});

test("zones, prefixes and long texts are no addresses", () => {
  for (const text of ["fe80::1%eth0", "10.0.0.0/8", "010.0.0.1", "", ":", ":".repeat(100_000)]) {
    assert.equal(parseIp(text), null);
  }
});

test("addresses sort by number, IPv4 first, other text last", () => {
  const sorted = ["9.9.9.9", "10.0.0.2", "10.0.0.10", "::1", "2001:db8::9", "2001:db8::10", "a host", "b"];
  assert.deepEqual([...sorted].reverse().sort(compareIps), sorted);
  assert.equal(compareIps("::1", "0:0:0:0:0:0:0:1"), 0);
});
