/** Kubernetes' audit log, an event an object, or a list of them.
 *
 *  {"kind":"Event","apiVersion":"audit.k8s.io/v1","stage":"ResponseComplete","verb":"create",
 *   "user":{"username":…},"sourceIPs":[…],"objectRef":{"resource":"pods","namespace":…,"name":…},
 *   "requestObject":{…},"responseStatus":{"code":201},"requestReceivedTimestamp":…}
 *
 *  Taken: workloads that somebody made, shells in them, rights that were given, and whatever anonymous users
 *  were allowed to do; left out: the cluster's own controllers, reading, and what was refused to the known.
 *  Source: Kubernetes, "kube-apiserver Audit Configuration (v1)".
 */
import { parseIso } from "../../bytes/time.ts";
import type { EventKind } from "../../model/log-record.ts";
import { eachJson, firstObjects, type JsonObject, Span, textOf, valueAt, wholeOf } from "../json.ts";
import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { factAt } from "../text.ts";

/** What a change to a resource is. A row with a slash is one of a part of it. */
const CHANGES: ReadonlyMap<string, EventKind> = new Map<string, EventKind>([
  ["pods", "container-started"],
  ["deployments", "container-started"],
  ["daemonsets", "container-started"],
  ["statefulsets", "container-started"],
  ["replicationcontrollers", "container-started"],
  ["jobs", "container-started"],
  ["cronjobs", "container-started"],
  ["pods/exec", "cloud-call"],
  ["pods/attach", "cloud-call"],
  ["clusterrolebindings", "account-changed"],
  ["rolebindings", "account-changed"],
  ["serviceaccounts", "account-added"],
]);
const VERBS: ReadonlySet<string> = new Set(["create", "patch", "update"]);
/** Parts of the cluster itself, which make pods all day. */
const OWN = /^system:(?:serviceaccount:kube-system:|node:|kube-|apiserver|addon-manager)/;
const ANONYMOUS = "system:anonymous";
/** Paths that a cluster shows to everybody. */
const OPEN = /^\/(?:healthz|livez|readyz|version|\.well-known|openid)(?:[/?]|$)/;
const MOST_CHARS = 300;

export const kubeAudit: Reader = {
  id: "kube-audit",
  title: "Kubernetes audit log (JSON)",
  sniff: (head) => firstObjects(head).some(isAudit),
  firstMicros: (head) => timeOf(firstObjects(head)[0] ?? {}),
  read,
};

function isAudit(value: JsonObject): boolean {
  return textOf(value["apiVersion"])?.startsWith("audit.k8s.io/") === true && value["kind"] === "Event";
}

function timeOf(value: JsonObject): number | null {
  return parseIso(textOf(value["requestReceivedTimestamp"]) ?? textOf(value["stageTimestamp"]) ?? "");
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const span = new Span();
  await eachJson(source, desk, (piece) => {
    const { value } = piece;
    // Each request is told in several stages; only the last has its answer.
    if (!isAudit(value) || value["stage"] !== "ResponseComplete") return;
    const atMicros = timeOf(value);
    span.note(atMicros);
    const said = meaningOf(value);
    if (said === null) return;
    const ips = value["sourceIPs"];
    const from = Array.isArray(ips) ? textOf(ips[0]) : null;
    const user = textOf(valueAt(value, "user", "username"));
    desk.record({ ...factAt(source, piece, { atMicros }), kind: "event", ...said, user, from });
  });
  return span.summary();
}

interface Meaning {
  readonly what: EventKind;
  readonly subject: string;
  readonly says: string;
}

function meaningOf(value: JsonObject): Meaning | null {
  const user = textOf(valueAt(value, "user", "username")) ?? "?";
  const verb = textOf(value["verb"]) ?? "?";
  const code = wholeOf(valueAt(value, "responseStatus", "code"));
  const isDone = code !== null && code < 400;
  if (!isDone || OWN.test(user)) return null;
  const { resource, name } = objectOf(value);
  const what = VERBS.has(verb) || resource === "pods/exec" ? CHANGES.get(resource) : undefined;
  if (what !== undefined) {
    const runs = containersOf(value);
    const says = `${user}: ${verb} ${resource} ${name}${runs === null ? "" : `, ${runs}`}`;
    return { what, subject: name, says: says.slice(0, MOST_CHARS) };
  }
  const path = textOf(value["requestURI"]) ?? "";
  if (user !== ANONYMOUS || OPEN.test(path)) return null;
  const says = `an anonymous user was allowed to ${verb} ${path}`.slice(0, MOST_CHARS);
  return { what: "cloud-call", subject: `${verb} ${resource}`, says };
}

function objectOf(value: JsonObject): { readonly resource: string; readonly name: string } {
  const about = valueAt(value, "objectRef");
  const part = textOf(valueAt(about, "subresource"));
  const resource = `${textOf(valueAt(about, "resource")) ?? "?"}${part === null ? "" : `/${part}`}`;
  const given =
    textOf(valueAt(value, "requestObject", "metadata", "name")) ??
    textOf(valueAt(value, "responseObject", "metadata", "name"));
  const name = textOf(valueAt(about, "name")) ?? given ?? "?";
  const namespace = textOf(valueAt(about, "namespace"));
  return { resource, name: namespace === null ? name : `${namespace}/${name}` };
}

/** Images and commands of the containers that are asked for: in a pod, or in what makes pods. */
function containersOf(value: JsonObject): string | null {
  const spec = valueAt(value, "requestObject", "spec");
  const template =
    valueAt(spec, "jobTemplate", "spec", "template", "spec") ?? valueAt(spec, "template", "spec");
  const containers = valueAt(template ?? spec, "containers");
  if (!Array.isArray(containers)) return null;
  const texts = containers.slice(0, 10).map((one: unknown) => {
    const words = [valueAt(one, "command"), valueAt(one, "args")].flatMap((list): readonly unknown[] =>
      Array.isArray(list) ? list : [],
    );
    const command = words.flatMap((word) => textOf(word) ?? []).join(" ");
    return `${textOf(valueAt(one, "image")) ?? "?"}${command === "" ? "" : ` runs ${command}`}`;
  });
  return texts.join("; ");
}
