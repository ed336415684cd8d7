/** AWS CloudTrail: calls to an account's interface, an object a call.
 *
 *  {"Records":[…]}                as delivered to S3; also a record a line
 *  {"Events":[{"CloudTrailEvent":"{…}"}]}   as `aws cloudtrail lookup-events` prints; also an event a line
 *
 *  eventTime, eventSource, eventName    what was called when; Logstash renames the time to @timestamp
 *  userIdentity, sourceIPAddress        who called from where
 *  errorCode                            present when the call was refused
 *  recipientAccountId                   the account, which is the host: "aws:123456789012"
 *
 *  Only the calls of `tables/cloud-calls.ts` are records.
 *  Source: AWS, "CloudTrail record contents" (1.11); samples of Invictus, plaso and OTRF.
 */
import { parseIso } from "../../bytes/time.ts";
import type { EventRecord } from "../../model/log-record.ts";
import { CLOUD_SUBJECTS, type CloudCall, cloudCall } from "../../tables/cloud-calls.ts";
import {
  eachJson,
  firstObjects,
  type JsonObject,
  type JsonPiece,
  parseObject,
  Span,
  textOf,
  valueAt,
  wholeOf,
} from "../json.ts";
import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { factAt } from "../text.ts";
import { CollectedHosts } from "./collected-hosts.ts";
import { failedLogins } from "./failed-logins.ts";

const SERVICE = /^([a-z0-9-]{2,40})\.amazonaws\.com$/;
/** Lambda's calls end in the version of its interface. */
const VERSION = /\d{8}(?:v\d)?$/;

export const cloudtrail: Reader = {
  id: "cloudtrail",
  title: "AWS CloudTrail (JSON)",
  sniff: (head) => firstObjects(head).some((one) => callOf(one) !== null),
  firstMicros: (head) => timeOf(callOf(firstObjects(head)[0] ?? {}) ?? {}),
  read,
  finish: (desk) => failedLogins(desk).finish(desk),
};

/** The call itself, also where it is wrapped as a text. */
function callOf(value: JsonObject): JsonObject | null {
  const wrapped = textOf(value["CloudTrailEvent"]);
  const call = wrapped === null ? value : (parseObject(wrapped) ?? {});
  return textOf(call["eventName"]) !== null && serviceOf(call) !== null ? call : null;
}

function serviceOf(call: JsonObject): string | null {
  return SERVICE.exec(textOf(call["eventSource"]) ?? "")?.[1] ?? null;
}

function timeOf(call: JsonObject): number | null {
  return parseIso(textOf(call["eventTime"]) ?? textOf(call["@timestamp"]) ?? "");
}

function accountOf(call: JsonObject): string | null {
  const account = textOf(call["recipientAccountId"]) ?? textOf(valueAt(call, "userIdentity", "accountId"));
  return account === null ? null : `aws:${account}`;
}

/** A user's name, a role's with that of its session, "Root", or the service that called. */
function userOf(call: JsonObject): string | null {
  const who = valueAt(call, "userIdentity");
  const name = textOf(valueAt(who, "userName"));
  const role = textOf(valueAt(who, "sessionContext", "sessionIssuer", "userName"));
  const session = textOf(valueAt(who, "arn"))?.split("/")[2];
  if (name !== null) return name;
  if (role !== null) return session === undefined ? role : `${role}/${session}`;
  return textOf(valueAt(who, "invokedBy")) ?? textOf(valueAt(who, "type"));
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const span = new Span();
  const hosts = new CollectedHosts(source, desk, "cloudtrail");
  await eachJson(source, desk, (piece) => {
    const call = callOf(piece.value);
    if (call === null) return;
    const atMicros = timeOf(call);
    span.note(atMicros);
    hosts.note(piece, accountOf(call));
    const fact = factAt(source, excerpted(piece, call), { atMicros, hostname: accountOf(call) });
    const from = textOf(call["sourceIPAddress"]);
    const common = { ...fact, user: userOf(call), from };
    if (call["eventName"] === "ConsoleLogin") return login(call, common, desk);
    const row = cloudCall(serviceOf(call) ?? "", String(call["eventName"]).replace(VERSION, ""));
    if (row !== undefined) desk.record(eventOf(call, row, common));
  });
  return span.summary();
}

/** A record is long, and begins with who called; what matters is put in front of the excerpt's limit. */
function excerpted(piece: JsonPiece, call: JsonObject): JsonPiece {
  const { eventTime, eventName, sourceIPAddress, errorCode, requestParameters, responseElements } = call;
  const core = { eventTime, eventName, sourceIPAddress, errorCode, requestParameters, responseElements };
  return { ...piece, text: JSON.stringify(core) };
}

type Common = Pick<EventRecord, "user" | "from"> & ReturnType<typeof factAt>;

function login(call: JsonObject, common: Common, desk: Desk): void {
  const isAccepted = valueAt(call, "responseElements", "ConsoleLogin") === "Success";
  const second = valueAt(call, "additionalEventData", "MFAUsed") === "Yes";
  const record = {
    ...common,
    kind: "login",
    outcome: isAccepted ? "accepted" : "failed",
    method: second ? "password and second factor" : "password",
    service: "aws-console",
    key: null,
    times: 1,
    lastMicros: null,
  } as const;
  if (isAccepted) desk.record(record);
  else failedLogins(desk).take(record, desk);
}

function eventOf(call: JsonObject, { what, call: name, says }: CloudCall, common: Common): EventRecord {
  const subject = subjectOf(call);
  const error = textOf(call["errorCode"]);
  const region = textOf(call["awsRegion"]);
  const where = region === null ? "" : ` in ${region}`;
  const about = subject === null ? "" : ` (${subject})`;
  const done = `${name}: ${says}${about}${where}`;
  return {
    ...common,
    kind: "event",
    // What was refused did not happen: it was only asked for.
    what: error === null ? what : "cloud-call",
    subject: subject ?? name,
    says: error === null ? done : `${name}${about}${where} was refused: ${error}`,
  };
}

/** "16 × c5.24xlarge" for machines, else the first name that the call gives. */
function subjectOf(call: JsonObject): string | null {
  const asked = valueAt(call, "requestParameters");
  const type = textOf(valueAt(asked, "instanceType"));
  if (type !== null) return `${machineCount(call)} × ${type}`;
  const found = CLOUD_SUBJECTS.map((name) => textOf(valueAt(asked, name))).find((text) => text !== null);
  return found ?? null;
}

/** Machines that were started, or at most asked for where the answer does not say. */
function machineCount(call: JsonObject): number {
  const started = valueAt(call, "responseElements", "instancesSet", "items");
  if (Array.isArray(started) && started.length > 0) return started.length;
  const asked = valueAt(call, "requestParameters", "instancesSet", "items");
  const counts: readonly unknown[] = Array.isArray(asked) ? asked : [];
  const most = counts.reduce<number>((sum, one) => sum + (wholeOf(valueAt(one, "maxCount")) ?? 0), 0);
  return Math.max(1, most);
}
