import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HttpHalf, type HttpHandler } from "../../../src/read/capture/http.ts";
import type { HttpHead } from "../../../src/read/capture/http-head.ts";
import { looksLikeHttpRequest } from "../../../src/read/capture/http-sniff.ts";

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

class Listener implements HttpHandler {
  readonly heads: HttpHead[] = [];
  readonly bodies: string[] = [];
  readonly events: string[] = [];
  readonly methods: (string | null)[];
  constructor(methods: (string | null)[] = []) {
    this.methods = [...methods];
  }
  onHead(head: HttpHead): void {
    this.heads.push(head);
  }
  startedAt = -1;
  onBodyStart(index: number): void {
    this.startedAt = index;
    this.events.push("start");
  }
  onBody(bytes: Uint8Array): void {
    this.bodies.push(Buffer.from(bytes).toString("latin1"));
  }
  onUpgrade(head: HttpHead): void {
    this.events.push(`upgrade ${head.status}`);
  }
  onTooLong(what: string): void {
    this.events.push(`too long ${what}`);
  }
  requestMethod(): string | null {
    const head = this.heads.length;
    return this.methods[head] ?? null;
  }
}

function read(text: string, { cuts = [] as number[], methods = [] as (string | null)[] } = {}) {
  const listener = new Listener(methods);
  const half = new HttpHalf(listener);
  const bytes = bytesOf(text);
  let taken = 0;
  for (const end of [...cuts.toSorted((a, b) => a - b), bytes.length]) taken += half.feed(bytes, taken, end);
  return { listener, half, taken };
}

const GETWORK = '{"id":1,"method":"getwork","params":[]}';
const POST =
  "POST /0xabc/rig HTTP/1.1\r\nHost: eth.example:8545\r\nAuthorization: Basic dTpw\r\nUser-Agent: m/1\r\n" +
  `X-Mining-Extensions: longpoll\r\nContent-Length: ${GETWORK.length}\r\n\r\n${GETWORK}`;
const CHUNKED =
  'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\n{"a"\r\n3\r\n:1}\r\n0\r\nTrailer: 1\r\n\r\n';
const BARE_LF = `\r\nPOST /json_rpc HTTP/1.0\nContent-Length: 2\n\n{}`;

test("requests one after the other are told with what mining needs of them", () => {
  const { listener, half } = read(`${POST}${CHUNKED}${BARE_LF}GET /getheight HTTP/1.1\r\n\r\n`);
  assert.deepEqual(listener.bodies, [GETWORK, '{"a":1}', "{}"]);
  assert.deepEqual(listener.events, ["start", "start", "start"]);
  assert.deepEqual(listener.heads[0]?.request, {
    method: "POST",
    target: "/0xabc/rig",
    host: "eth.example:8545",
    authorization: "Basic dTpw",
    userAgent: "m/1",
    miningExtensions: "longpoll",
  });
  assert.equal(listener.heads[3]?.request?.target, "/getheight");
  assert.equal(half.state, "http");
});

test("however a stream is cut into chunks, the same is read", () => {
  const text = POST + CHUNKED + BARE_LF;
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 20 }), (cuts) => {
      const { listener, taken } = read(text, { cuts });
      assert.deepEqual(listener.bodies, [GETWORK, '{"a":1}', "{}"]);
      assert.equal(listener.events.length, 3);
      assert.equal(taken, text.length);
    }),
  );
  const everyByte = Array.from({ length: text.length }, (_, i) => i);
  assert.deepEqual(read(text, { cuts: everyByte }).listener.bodies.length, 3);
});

test("the start of a body is told in the chunk that holds its first byte", () => {
  const listener = new Listener();
  const half = new HttpHalf(listener);
  const bytes = bytesOf("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\n{ab}");
  half.feed(bytes, 0, bytes.length - 4);
  assert.deepEqual(listener.events, []);
  half.feed(bytes, bytes.length - 4, bytes.length - 2);
  assert.deepEqual(listener.events, ["start"]);
  assert.equal(listener.startedAt, bytes.length - 4);
  half.feed(bytes, bytes.length - 2, bytes.length);
  assert.deepEqual(listener.bodies, ["{ab}"]);
});

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

test("responses without a body by their status or method have none", () => {
  const text =
    "HTTP/1.1 100 Continue\r\n\r\n" +
    "HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n" +
    "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n" +
    `HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n${OK}`;
  const { listener, half } = read(text, { methods: ["POST", "POST", "GET", "HEAD", "POST"] });
  assert.deepEqual(
    listener.heads.map((head) => head.status),
    [100, 204, 304, 200, 200],
  );
  assert.deepEqual(listener.bodies, ["{}"]);
  assert.equal(half.state, "http");
});

test("a response without length ends with the stream", () => {
  const { listener, half } = read('HTTP/1.0 200 OK\r\n\r\n{"a":', { cuts: [21] });
  assert.deepEqual(listener.bodies, []);
  half.end();
  assert.deepEqual(listener.bodies, ['{"a":']);
});

test("a WebSocket waits for the server's word, and goes on as HTTP if refused", () => {
  const ask = "GET /proxy HTTP/1.1\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\r\n";
  const client = read(`${ask}\x81\x82`);
  assert.equal(client.half.state, "waiting");
  assert.equal(client.taken, ask.length);
  client.half.resume();
  assert.equal(client.half.state, "http");
  const answer =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n" +
    "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
  const server = read(`${answer}\x81\x02{}`, { methods: ["GET"] });
  assert.equal(server.half.state, "upgraded");
  assert.equal(server.taken, answer.length);
  assert.equal(server.listener.heads[0]?.webSocketExtensions, "permessage-deflate");
  assert.equal(read(OK, { methods: ["GET"] }).half.state, "http");
});

test("CONNECT opens a tunnel at any 2xx and at nothing else", () => {
  assert.equal(read("CONNECT pool.example:3333 HTTP/1.1\r\n\r\n").half.state, "waiting");
  assert.equal(
    read("HTTP/1.1 200 Connection established\r\n\r\n{", { methods: ["CONNECT"] }).half.state,
    "upgraded",
  );
  assert.equal(
    read("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n", { methods: ["CONNECT"] }).half.state,
    "http",
  );
});

test("a body of 4 MiB is read, one byte more is skipped and the next message is read", () => {
  const limit = 4 * 1024 * 1024;
  const post = (size: number) => `POST / HTTP/1.1\r\nContent-Length: ${size}\r\n\r\n${"a".repeat(size)}`;
  const fits = read(post(limit) + POST, { cuts: [1000] });
  assert.deepEqual(
    fits.listener.bodies.map((body) => body.length),
    [limit, GETWORK.length],
  );
  const over = read(post(limit + 1) + POST, { cuts: [1000] });
  assert.deepEqual(over.listener.bodies, [GETWORK]);
  assert.deepEqual(over.listener.events, ["too long body", "start"]);
  const claimed = read("POST / HTTP/1.1\r\nContent-Length: 999999999999999\r\n\r\n{}");
  assert.equal(claimed.half.state, "http");
  assert.deepEqual(claimed.listener.events, ["too long body"]);
});

test("heads of 64 KiB without an end, lengths that are none, and other bytes fail", () => {
  const head = `POST / HTTP/1.1\r\nX: ${"a".repeat(70_000)}`;
  assert.deepEqual(read(head).listener.events, ["too long head"]);
  assert.equal(read(head).half.state, "failed");
  for (const text of [
    "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    "{}\n",
    "POST /\r\n\r\n",
    "\x16\x03\x01",
  ]) {
    assert.equal(read(text).half.state, "failed", text);
  }
  const chunk = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n";
  assert.equal(read(chunk).half.state, "failed");
});

test("after lost bytes reading goes on at the next message", () => {
  const { listener, half } = read(POST.slice(0, -10));
  half.lost();
  for (const text of ['params":[]}', POST]) half.feed(bytesOf(text), 0, text.length);
  assert.deepEqual(listener.bodies, [GETWORK]);
});

test("any bytes end", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }), fc.nat(400), (edits, cut) => {
      const bytes = [...bytesOf(POST + CHUNKED)];
      for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
      read(Buffer.from(bytes).toString("latin1"), { cuts: [Math.min(cut, bytes.length)] });
    }),
  );
});

const SNIFFS: readonly (readonly [0 | 1 | 2, string])[] = [
  [2, POST],
  [2, "POST / HTTP/1.1\r\nContent-Type: application/json-rpc\r\n"],
  [2, 'POST / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n{"id":1'],
  [1, "POST / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\na=1"],
  [1, "POST / HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"],
  [1, "POST / HTTP/1.1\r\ncontent-type:application/ocsp-request\r\n\r\n"],
  [2, "GET /getheight HTTP/1.1\r\n\r\n"],
  [2, "GET /getinfo?x=1 HTTP/1.1\r\n\r\n"],
  [1, "GET /getinformation HTTP/1.1\r\n\r\n"],
  [1, "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"],
  [2, "GET /proxy HTTP/1.1\r\nHost: example.org\r\nupgrade:  WebSocket\r\n\r\n"],
  [1, "GET /proxy HTTP/1.1\r\nUpgrade: h2c\r\n\r\n"],
  [2, "CONNECT pool.example:3333 HTTP/1.1\r\n"],
  [1, "HEAD / HTTP/1.1\r\n\r\n"],
  [0, '{"id":1}\n'],
  [0, "POSTAL"],
  [0, ""],
];

for (const [interest, text] of SNIFFS) {
  test(`the interest of ${JSON.stringify(text.slice(0, 70))} is ${interest}`, () => {
    const behind = bytesOf(`..${text}\nUpgrade: websocket\r\n\r\n{`);
    assert.equal(looksLikeHttpRequest(behind, 2, 2 + text.length), interest);
  });
}
