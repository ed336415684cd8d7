import assert from "node:assert/strict";
import { test } from "node:test";
import { ofKind, readOne } from "../../kit/read-one.ts";
import { jsonLines } from "../../kit/windows-event.ts";

/** An answered request. */
function request(username: string, fields: object): object {
  return {
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    stage: "ResponseComplete",
    verb: "create",
    user: { username },
    sourceIPs: ["203.0.113.9"],
    requestURI: "/api/v1/namespaces/default/pods",
    objectRef: { resource: "pods", namespace: "default", name: "p" },
    responseStatus: { code: 201 },
    requestReceivedTimestamp: "2026-01-14T03:05:09.123456Z",
    ...fields,
  };
}

async function told(objects: readonly object[]): Promise<string[]> {
  const found = await readOne(jsonLines(objects));
  assert.equal(found.reader, "kube-audit");
  return ofKind(found, "event").map(({ what, says }) => `${what}: ${says}`);
}

const images = { spec: { containers: [{ image: "x.example/y", command: ["sh", "-c"], args: ["id"] }] } };

test("a workload that somebody made is told with what it runs", async () => {
  const daemons = { resource: "daemonsets", namespace: "kube-system", name: "d" };
  assert.deepEqual(
    await told([
      request("ann", { requestObject: images }),
      request("system:anonymous", { objectRef: daemons, requestObject: { spec: { template: images } } }),
    ]),
    [
      "container-started: ann: create pods default/p, x.example/y runs sh -c id",
      "container-started: system:anonymous: create daemonsets kube-system/d, x.example/y runs sh -c id",
    ],
  );
});

test("the cluster's own parts, reading, and what was refused are left out", async () => {
  assert.deepEqual(
    await told([
      request("system:serviceaccount:kube-system:replicaset-controller", {}),
      request("system:node:n1", {}),
      request("ann", { verb: "list" }),
      request("ann", { responseStatus: { code: 403 } }),
      request("ann", { stage: "RequestReceived" }),
      request("system:anonymous", { verb: "get", requestURI: "/healthz", objectRef: null }),
      request("system:anonymous", { verb: "list", responseStatus: { code: 401 } }),
    ]),
    [],
  );
});

test("what an anonymous user was allowed, a shell in a pod, and rights are told", async () => {
  assert.deepEqual(
    await told([
      request("system:anonymous", { verb: "list", responseStatus: { code: 200 } }),
      request("ann", {
        objectRef: { resource: "pods", subresource: "exec", namespace: "default", name: "p" },
      }),
      request("ann", { objectRef: { resource: "clusterrolebindings", name: "b" } }),
    ]),
    [
      "cloud-call: an anonymous user was allowed to list /api/v1/namespaces/default/pods",
      "cloud-call: ann: create pods/exec default/p",
      "account-changed: ann: create clusterrolebindings b",
    ],
  );
});
