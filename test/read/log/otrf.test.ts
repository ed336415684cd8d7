import assert from "node:assert/strict";
import { test } from "node:test";
import { dataPath } from "../../kit/data.ts";
import { investigated } from "../../kit/investigated.ts";

const sample = (name: string) => dataPath(`host/otrf/${name}.zip`);

test("auditd records of OTRF, in archives, are commands with process and parent", async (t) => {
  const path = sample("sh_arp_cache");
  if (path === null) return t.skip("needs ../shared/data/host/otrf beside the checkout");
  const { case: found } = await investigated([path]);
  assert.deepEqual(found.gaps, []);
  assert.equal(found.evidence.find(({ within }) => within !== null)?.kind, "auditd");
  assert.deepEqual(
    found.timeline.map(({ says }) => says),
    ["1000 (auditd): arp -a", "1000 (auditd): grep -v ^?"],
  );
});

test("Azure's agent on a Log4Shell attack: commands that ran, not those looked for", async (t) => {
  const path = sample("syslog_auoms_auditd_log4shell_cve2021_44228_jndi_reference");
  if (path === null) return t.skip("needs ../shared/data/host/otrf beside the checkout");
  const { case: found } = await investigated([path]);
  assert.deepEqual(
    found.hosts.map(({ name }) => name),
    ["UBUNTU5"],
  );
  const says = found.timeline.map((step) => step.says);
  assert.ok(
    says.some((one) => one.startsWith('tomcat (auditd): bash -c "{echo,')),
    says.join("\n"),
  );
});
