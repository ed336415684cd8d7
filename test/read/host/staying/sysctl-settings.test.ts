import assert from "node:assert/strict";
import { test } from "node:test";
import { ofKind, readOne } from "../../../kit/read-one.ts";

const CASES: readonly (readonly [path: string, text: string, subjects: readonly string[]])[] = [
  ["/etc/sysctl.conf", "# vm.nr_hugepages=9\nvm.nr_hugepages=1280\nkernel.x=1\n", ["vm.nr_hugepages=1280"]],
  ["/etc/sysctl.d/99-a.conf", "vm/nr_hugepages = 2\n", ["vm.nr_hugepages=2"]],
  ["live_response/system/sysctl_-a.txt", "vm.nr_hugepages = 0\nvm.nr_hugepages_mempolicy = 3\n", []],
  ["/proc/sys/vm/nr_hugepages", "1168\n", ["vm.nr_hugepages=1168"]],
  ["/proc/sys/vm/nr_hugepages", "0\n", []],
];
for (const [path, text, subjects] of CASES) {
  test(`${path} with ${JSON.stringify(text)} tells ${subjects.length}`, async () => {
    const events = ofKind(await readOne(text, path), "event");
    assert.deepEqual(
      events.map(({ subject }) => subject),
      subjects,
    );
    assert.ok(events.every(({ what }) => what === "huge-pages"));
  });
}
