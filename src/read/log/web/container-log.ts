/** Output of containers, a line a line: what web servers in them log is read as their access logs.
 *
 *  Docker  {"log":"LINE\n","stream":"stdout","time":"2016-01-07T16:49:10.0Z"}
 *  CRI     2016-10-06T00:17:09.669794202Z stdout F LINE        (P: a part of a longer line)
 *
 *  Source: Docker's json-file driver; Kubernetes' CRI, "CRI: Log Management"; samples of plaso.
 */
import { parseIso } from "../../../bytes/time.ts";
import { firstObjects, parseObject, Span, textOf } from "../../json.ts";
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { eachLine, factAt } from "../../text.ts";
import { parsedRequest } from "./access-log.ts";
import { mayBeExploit } from "./marks.ts";
import { finishWebRequests, webRequests } from "./requests.ts";

const CRI = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}(?:Z|[+-]\d\d:\d\d)) std(?:out|err) [FP] (.*)$/s;

export const containerLog: Reader = {
  id: "container-log",
  title: "container output (Docker json-file, CRI)",
  sniff(head) {
    const [docker] = firstObjects(head);
    if (docker !== undefined) return "log" in docker && "stream" in docker && "time" in docker;
    const [line = ""] = Buffer.from(head.subarray(0, 4_096)).toString("latin1").split("\n");
    return CRI.test(line);
  },
  firstMicros: () => null,
  read,
  finish: finishWebRequests,
};

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const requests = webRequests(desk);
  const span = new Span();
  await eachLine(source, desk, (line) => {
    const { time, text } = unwrapped(line.text);
    span.note(time);
    const request = mayBeExploit(text) ? parsedRequest(text) : null;
    if (request !== null) {
      requests.take(request, factAt(source, line, { atMicros: request.atMicros ?? time }), desk);
    }
  });
  return span.summary();
}

function unwrapped(line: string): { readonly time: number | null; readonly text: string } {
  const cri = CRI.exec(line);
  if (cri !== null) return { time: parseIso(cri[1] ?? ""), text: cri[2] ?? "" };
  const docker = parseObject(line);
  const time = parseIso(textOf(docker?.["time"]) ?? "");
  return { time, text: (textOf(docker?.["log"]) ?? "").replace(/\r?\n$/, "") };
}
