import assert from "node:assert/strict";
import { test } from "node:test";
import { collectionRecords } from "../../kit/host-records.ts";

const TRIE = `Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 10.20.0.5
        /32 host LOCAL
     |-- 127.0.0.1
        /32 host LOCAL
     |-- 172.17.0.1
        /32 host LOCAL
     |-- 10.20.0.255
        /32 link BROADCAST
`;
const SIX = `20010db8000000000000000000000005 02 40 00 80     eth0
fe800000000000000000000000000001 02 40 20 80     eth0
`;

async function identityOf(files: Readonly<Record<string, string>>) {
  const records = await collectionRecords(files);
  const [found, ...others] = records.filter((one) => one.kind === "host");
  assert.deepEqual(others, []);
  return found;
}

test("a copied tree: name, system, machine id, zone and addresses", async () => {
  const found = await identityOf({
    "etc/hostname": "copy\n",
    "etc/machine-id": "c5c871ea467f42b38b224ca8007bd902\n",
    "etc/os-release": 'NAME="Debian GNU/Linux"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
    "etc/timezone": "Europe/Berlin\n",
    "proc/net/fib_trie": TRIE,
    "proc/net/if_inet6": SIX,
    "proc/version": "Linux version 6.1.0-18-amd64 (debian-kernel@lists.debian.org) #1 SMP\n",
  });
  assert.equal(found?.name, "copy");
  assert.equal(found?.os, "Debian GNU/Linux 12 (bookworm)");
  assert.equal(found?.machineId, "c5c871ea467f42b38b224ca8007bd902");
  assert.equal(found?.zone, "Europe/Berlin");
  assert.deepEqual(found?.addresses, ["10.20.0.5", "2001:db8::5"]);
});

test("addresses of bridges that every container host has tell nothing", async () => {
  const text = `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN
    inet 127.0.0.1/8 scope host lo
2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP
    inet 192.0.2.7/24 brd 192.0.2.255 scope global eth0
    inet6 fe80::1/64 scope link
3: docker0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500
    inet 172.18.0.1/16 scope global docker0
`;
  const found = await identityOf({ "live_response/network/ip_addr_show.txt": text });
  assert.deepEqual(found?.addresses, ["192.0.2.7"]);
});

test("a date tells the zone only where that is UTC, and is believed last", async () => {
  const cst = await collectionRecords({ "live_response/system/date.txt": "Sun Nov 22 17:43:27 CST 2026\n" });
  assert.deepEqual(cst, []);
  const utc = await identityOf({ "live_response/system/date.txt": "Sun Nov 22 17:43:27 UTC 2026\n" });
  assert.equal(utc?.zone, "UTC");
  const both = await identityOf({
    "live_response/system/date.txt": "Sun Nov 22 17:43:27 UTC 2026\n",
    "[root]/etc/localtime": "/usr/share/zoneinfo/America/New_York",
  });
  assert.equal(both?.zone, "America/New_York");
});
