import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dataPath } from "../../kit/data.ts";
import { investigated } from "../../kit/investigated.ts";
import { ofKind, readOne } from "../../kit/read-one.ts";

/** A call with what every one has. */
function call(eventName: string, eventSource: string, fields: object): object {
  return {
    eventTime: "2026-01-14T03:05:09Z",
    eventSource: `${eventSource}.amazonaws.com`,
    eventName,
    awsRegion: "us-east-1",
    sourceIPAddress: "203.0.113.9",
    userIdentity: { type: "IAMUser", userName: "ann", accountId: "123456789012" },
    recipientAccountId: "123456789012",
    ...fields,
  };
}

const machines = {
  requestParameters: { instanceType: "c5.24xlarge", instancesSet: { items: [{ maxCount: 16 }] } },
};

test("machines are counted, a refused call changes nothing, and the account is the host", async () => {
  const stop = { requestParameters: { name: "trail" } };
  const records = [
    call("RunInstances", "ec2", machines),
    call("StopLogging", "cloudtrail", stop),
    call("StopLogging", "cloudtrail", { ...stop, errorCode: "AccessDenied" }),
    call("DescribeInstances", "ec2", {}),
  ];
  const found = await readOne(JSON.stringify({ Records: records }));
  assert.equal(found.reader, "cloudtrail");
  assert.deepEqual(
    ofKind(found, "event").map(({ what, subject, says, user, from, hostname }) => [
      what,
      subject,
      says,
      user,
      from,
      hostname,
    ]),
    [
      [
        "cloud-call",
        "16 × c5.24xlarge",
        "RunInstances: virtual machines were started (16 × c5.24xlarge) in us-east-1",
      ],
      ["log-cleared", "trail", "StopLogging: the log of calls was switched off (trail) in us-east-1"],
      ["cloud-call", "trail", "StopLogging (trail) in us-east-1 was refused: AccessDenied"],
    ].map((row) => [...row, "ann", "203.0.113.9", "aws:123456789012"]),
  );
});

test("a console login is a login, a failed one too", async () => {
  const answers = ["Success", "Failure"].map((answer) =>
    call("ConsoleLogin", "signin", { responseElements: { ConsoleLogin: answer } }),
  );
  const found = await readOne(answers.map((one) => JSON.stringify(one)).join("\n"));
  assert.deepEqual(
    ofKind(found, "login").map(({ outcome, service, user, from }) => `${outcome} ${service} ${user} ${from}`),
    ["accepted aws-console ann 203.0.113.9", "failed aws-console ann 203.0.113.9"],
  );
});

test("a role's session, the root user and a service are named as who called", async () => {
  const issuer = { sessionContext: { sessionIssuer: { userName: "deployer" } } };
  const who = [
    { type: "AssumedRole", arn: "arn:aws:sts::1:assumed-role/deployer/ann", ...issuer },
    { type: "Root" },
    { invokedBy: "autoscaling.amazonaws.com" },
  ];
  const lines = who.map((userIdentity) =>
    JSON.stringify(call("RunInstances", "ec2", { ...machines, userIdentity })),
  );
  assert.deepEqual(
    ofKind(await readOne(lines.join("\n")), "event").map(({ user }) => user),
    ["deployer/ann", "Root", "autoscaling.amazonaws.com"],
  );
});

test("Invictus' 55 files of an attack are one account with 81 calls and two logins", async (t) => {
  const folder = dataPath("host/aws");
  if (folder === null) return t.skip("needs ../shared/data/host beside the checkout");
  const paths = readdirSync(folder).map((name) => join(folder, name));
  const { case: found } = await investigated(paths);
  assert.deepEqual(
    found.hosts.map(({ name, collector, counts }) => [name, collector, counts["event"], counts["login"]]),
    [["aws:123837392027", "cloudtrail", 81, 2]],
  );
  assert.deepEqual(found.gaps, []);
  const stolen = found.timeline.filter(({ says }) => says.includes("10 × p2.xlarge"));
  assert.deepEqual(
    stolen.map(({ at, says }) => `${at} ${says}`),
    ["2023-07-10T12:06:42.000000Z", "2023-07-10T12:09:31.000000Z"].map(
      (at) => `${at} RunInstances (10 × p2.xlarge) in us-east-1 was refused: Client.VcpuLimitExceeded`,
    ),
  );
});

test("events as the command line prints them, and as Logstash keeps them, are read", async (t) => {
  const path = dataPath("host/plaso/jsonl_aws_cloudtrail.jsonl");
  if (path === null) return t.skip("needs ../shared/data/host beside the checkout");
  const found = await readOne(readFileSync(path));
  assert.equal(found.reader, "cloudtrail");
  assert.deepEqual(
    ofKind(found, "event").map(({ subject, user, hostname }) => `${subject} ${user} ${hostname}`),
    ["1 × t2.micro fakeusername aws:012345678901"],
  );
  const { eventTime: _, ...rest } = call("RunInstances", "ec2", machines) as Record<string, unknown>;
  const kept = await readOne(JSON.stringify({ ...rest, "@timestamp": "2026-01-14T03:05:09.000Z" }));
  assert.equal(ofKind(kept, "event")[0]?.atMicros, 1768359909000000);
});
