import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splitLogin } from "../../../../src/bytes/mining-login.ts";
import { splitAgent } from "../../../../src/read/capture/stratum/agent.ts";
import { httpIdentity } from "../../../../src/read/capture/stratum/identity.ts";
import type { HttpContext } from "../../../../src/read/capture/wire.ts";

/** Made up, with a valid checksum. */
const XMR = "43eD24mN35BhpN7L1QBFYHc5VEHh3hWYU5Qj2cL8FCuLFYpGKmVhNoPUXnpwTSrqYXi1GGJEBATWPMV6xChECHeKCYFojqz";
const ETH = "0x8d612a36199e94f541bf6b6dea7373d78b2e1375";
const BTC = "14HxmSMsa5QQtpw7bjENS4kANMWgZBnaex";
const ID16 = "9f1c2b3d4e5f6071";
const ID64 = "cb2b73415c4faf214035a73b9d947c202342f3bf3bdf632132bd6d7af98cb257";

/** Login, wallet, account, payment id, worker. */
const LOGINS: readonly (readonly [string, string | null, string | null, string | null, string | null])[] = [
  [XMR, XMR, null, null, null],
  [`${XMR}.rig-1`, XMR, null, null, "rig-1"],
  [`${XMR}+5000`, XMR, null, null, null],
  [`${XMR}.rig+5000`, XMR, null, null, "rig"],
  [`${XMR}.${ID16}`, XMR, null, ID16, null],
  [`${XMR}.${ID64}.ryzen`, XMR, null, ID64, "ryzen"],
  [`${XMR}.${ID16}0.ryzen`, XMR, null, null, `${ID16}0.ryzen`],
  [`${XMR.slice(0, -1)}A.rig`, null, `${XMR.slice(0, -1)}A`, null, "rig"],
  [`${ETH}/tester.worker1/someone@example.org`, ETH, null, null, "tester.worker1"],
  [`${ETH}/someone@example.org`, ETH, null, null, null],
  [`${ETH}@rig`, ETH, null, null, "rig"],
  [`${BTC}.s19`, BTC, null, null, "s19"],
  ["user.worker", null, "user", null, "worker"],
  ["user.worker.2", null, "user", null, "worker.2"],
  ["user", null, "user", null, null],
  ["first.last@example.org", null, "first.last@example.org", null, null],
  ["first.last@example.org/rig", null, "first.last@example.org", null, "rig"],
  ["", null, null, null, null],
  [".x", null, null, null, "x"],
];

for (const [login, wallet, account, paymentId, worker] of LOGINS) {
  test(`splitLogin() of "${login.slice(0, 20)}…${login.slice(-30)}"`, () => {
    const found = splitLogin(login, true);
    assert.deepEqual(
      { ...found, wallet: found.wallet?.address ?? null },
      { wallet, account, paymentId, worker },
    );
  });
}

test("splitLogin() knows payment ids only where the dialect has them", () => {
  assert.equal(splitLogin(`${XMR}.${ID16}`, false).worker, ID16);
});

test("splitLogin() ends on any text and keeps no more than 512 characters of it", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2_000 }), (text) => {
      const { wallet, account, worker } = splitLogin(text, true);
      return [wallet?.address, account, worker].every((part) => (part ?? "").length <= 512);
    }),
  );
});

/** Agent, miner, version, system. */
const AGENTS: readonly (readonly [string, string, string | null, string | null])[] = [
  ["XMRig/6.12.1 (Linux x86_64) libuv/1.40.0 gcc/9.3.0", "XMRig", "6.12.1", "Linux x86_64"],
  ["XMRig/6.8.1 (Macintosh; macOS; arm64) libuv/1.40.0", "XMRig", "6.8.1", "Macintosh; macOS; arm64"],
  ["xmr-stak-cpu/1.3.0-1.5.0", "xmr-stak-cpu", "1.3.0-1.5.0", null],
  ["cgminer/3.7.2", "cgminer", "3.7.2", null],
  ["ethminer 0.9.41", "ethminer", "0.9.41", null],
  ["EWBF 0.3.4b", "EWBF", "0.3.4b", null],
  ["NiceHash/1.0.0", "NiceHash", "1.0.0", null],
  ["xmr/1.0", "xmr", "1.0", null],
  ["equihashminer", "equihashminer", null, null],
  ["xmr-stak/2.10.8/b5737823b/master/lin", "xmr-stak", "2.10.8", null],
];

for (const [text, miner, version, os] of AGENTS) {
  test(`splitAgent() of "${text}"`, () => {
    assert.deepEqual(splitAgent(text), { text, miner, version, os });
  });
}

test("splitAgent() of blanks is nobody", () => assert.equal(splitAgent("  "), null));

function request(target: string, authorization: string | null = null): HttpContext {
  return { method: "POST", target, host: null, authorization, userAgent: null, miningExtensions: null };
}

/** Target, worker; the wallet is the same in all. */
const TARGETS: readonly (readonly [string, string | null])[] = [
  [`/${ETH}/rig1/hashrate`, "rig1"],
  [`/${ETH}/20@rig2`, "rig2"],
  [`/?miner=30@${ETH}@rig3`, "rig3"],
  [`/${ETH}`, null],
];

for (const [target, worker] of TARGETS) {
  test(`httpIdentity() finds the wallet in ${target.replace(ETH, "WALLET")}`, () => {
    const found = httpIdentity(request(target));
    assert.deepEqual({ wallet: found?.wallet?.address, worker: found?.worker }, { wallet: ETH, worker });
  });
}

test("httpIdentity() takes the user of Basic authentication, else nobody", () => {
  const basic = `Basic ${Buffer.from("user.rig:pa:ss").toString("base64")}`;
  const { account, worker, pass } = httpIdentity(request("/", basic)) ?? {};
  assert.deepEqual({ account, worker, pass }, { account: "user", worker: "rig", pass: "pa:ss" });
  assert.equal(httpIdentity(request("/", "Bearer abc")), null);
  assert.equal(httpIdentity(request("/json_rpc")), null);
});
