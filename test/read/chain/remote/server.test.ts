import assert from "node:assert/strict";
import { createServer } from "node:net";
import { type TestContext, test } from "node:test";
import { PaydirtError } from "../../../../src/model/error.ts";
import { parseEndpoint } from "../../../../src/read/chain/remote/endpoint.ts";
import { AS_GUEST, AT_HOME, type Manners, openServer } from "../../../../src/read/chain/remote/server.ts";
import {
  busy,
  diesAfter,
  type FakeServer,
  fakeServer,
  MISDEEDS,
  type Misdeed,
  sendsTo,
} from "../../../kit/chain/fake-server.ts";
import { HASTY, sourceContext } from "../../../kit/chain/source-context.ts";

async function started(t: TestContext, misdeed: Misdeed): Promise<FakeServer> {
  const fake = await fakeServer(() => ({ body: "hello" }));
  fake.misdeed = misdeed;
  t.after(fake.close);
  return fake;
}

interface Asked {
  readonly manners?: Partial<Manners>;
  readonly signal?: AbortSignal;
  readonly credentials?: string;
}

async function ask(t: TestContext, fake: FakeServer, { manners, signal, credentials = "" }: Asked = {}) {
  const where = fake.url.replace("//", `//${credentials}`);
  const context = sourceContext({ signal: signal ?? null });
  const server = openServer(parseEndpoint("esplora", where), context, { ...HASTY, ...manners });
  t.after(server.close);
  const { body } = await server.ask({ path: "/x", body: null, name: "the thing", expected: [] });
  return body.toString();
}

const failsWith = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof PaydirtError, String(error));
  assert.equal(error.code, "bad-source");
  assert.match(error.message, /^Cannot use esplora:http:\/\/127\.0\.0\.1:\d+: asked for the thing, /);
  assert.match(error.message, pattern);
  assert.doesNotMatch(error.message, /\u001b|secret/);
  return true;
};

test("a question carries no more of this machine than it must", async (t) => {
  const fake = await started(t, MISDEEDS.none);
  assert.equal(await ask(t, fake, { credentials: "bob:secret@" }), "hello");
  const { host, connection, ...rest } = fake.headers;
  const authorization = `Basic ${Buffer.from("bob:secret").toString("base64")}`;
  assert.deepEqual(rest, { "user-agent": "paydirt", accept: "*/*", authorization });
});

const IMPATIENT = { silenceMillis: 200 };
const FAILURES: readonly (readonly [
  what: string,
  misdeed: Misdeed,
  says: RegExp,
  questions: number,
  manners?: Partial<Manners>,
])[] = [
  ["that is silent", MISDEEDS.silent, /it was silent for too long; what was fetched is kept/, 1, IMPATIENT],
  ["that stalls", MISDEEDS.stalls, /it was silent for too long/, 1, IMPATIENT],
  ["that trickles", MISDEEDS.trickles, /its answer took too long/, 1, { answerMillis: 500 }],
  ["that breaks off", MISDEEDS.cut, /its answer broke off, 3 times in a row/, 3],
  ["that sends without end", MISDEEDS.huge, /its answer is larger than any that was asked for/, 1],
  ["that refuses the password", MISDEEDS.unauthorised, /it refuses the name or password \(401\)/, 1],
  ["that is busy for ever", busy(99, 503), /too busy \(503\), 3 times in a row: "Too Many Requests"/, 3],
  ["that wants an hour", busy(99, 429, "3600"), /asked too often \(429\).*; it wants a wait of 3600 s/, 1],
  ["that is broken", busy(99, 500), /it answered with 500: "Too Many Requests"$/, 1],
];
for (const [what, misdeed, says, questions, manners = {}] of FAILURES) {
  test(`a server ${what} ends in a clear message after ${questions} questions`, async (t) => {
    const fake = await started(t, misdeed);
    await assert.rejects(ask(t, fake, { credentials: "bob:secret@", manners }), failsWith(says));
    assert.equal(fake.asked.length, questions);
  });
}

test("a redirect is told and not followed", async (t) => {
  const elsewhere = await started(t, MISDEEDS.none);
  const fake = await started(t, sendsTo(`${elsewhere.url}/other`));
  await assert.rejects(
    ask(t, fake),
    failsWith(/it sends on to "http:.*\/other" \(302\); name that URL if you mean it$/),
  );
  assert.deepEqual(elsewhere.asked, []);
});

for (const [what, misdeed] of [
  ["429 with Retry-After in seconds", busy(2, 429, "0")],
  ["429 with a date that has passed", busy(2, 429, "Wed, 21 Oct 2015 07:28:00 GMT")],
  ["503 without a word on when", busy(2, 503)],
] as const) {
  test(`after ${what} it is asked again`, async (t) => {
    const fake = await started(t, misdeed);
    assert.equal(await ask(t, fake), "hello");
    assert.equal(fake.asked.length, 3);
  });
}

test("a wait that the server asks for is kept", async (t) => {
  const fake = await started(t, busy(1, 429, "1"));
  const begin = performance.now();
  await ask(t, fake, { manners: { mostWaitMillis: 2_000 } });
  assert.ok(performance.now() - begin >= 990);
});

test("http and https are told apart, and what is neither", async (t) => {
  const fake = await started(t, MISDEEDS.none);
  const ssh = createServer((socket) => socket.end("SSH-2.0-OpenSSH_9.2p1\r\n"));
  await new Promise<void>((resolve) => ssh.listen(0, "127.0.0.1", resolve));
  t.after(() => ssh.close());
  const address = ssh.address();
  const port = typeof address === "object" ? address?.port : null;
  for (const url of [fake.url.replace("http:", "https:"), `http://127.0.0.1:${port}`]) {
    const asked = ask(t, { ...fake, url });
    await assert.rejects(asked, /what listens there speaks another protocol; http or https\?$/);
  }
});

test("where nothing listens is told at once", async (t) => {
  const fake = await started(t, MISDEEDS.none);
  await fake.close();
  await assert.rejects(ask(t, fake), failsWith(/nothing listens there; is it running/));
});

test("a server that answered before and goes away is asked again before it is given up", async (t) => {
  const fake = await started(t, diesAfter(1));
  const endpoint = parseEndpoint("esplora", fake.url);
  const server = openServer(endpoint, sourceContext(), HASTY);
  t.after(server.close);
  const wanted = { path: "/x", body: null, name: "the thing", expected: [] };
  await server.ask(wanted);
  await assert.rejects(server.ask(wanted), failsWith(/broke off, 3 times in a row/));
  assert.equal(fake.asked.length, 4);
});

test("a signal ends the wait for an answer, and the wait between two tries", async (t) => {
  for (const misdeed of [MISDEEDS.silent, busy(99, 503)]) {
    const fake = await started(t, misdeed);
    const manners = { silenceMillis: 60_000, answerMillis: 60_000, waitMillis: 60_000 };
    const asked = ask(t, fake, { manners, signal: AbortSignal.timeout(50) });
    await assert.rejects(asked, (error) => error instanceof PaydirtError && error.code === "interrupted");
  }
});

test("questions are spaced, also those that are asked at once", async (t) => {
  const fake = await started(t, MISDEEDS.none);
  const server = openServer(parseEndpoint("esplora", fake.url), sourceContext(), { ...HASTY, gapMillis: 40 });
  t.after(server.close);
  const begin = performance.now();
  const wanted = { path: "/x", body: null, name: "the thing", expected: [] };
  await Promise.all([1, 2, 3, 4].map(() => server.ask(wanted)));
  assert.ok(performance.now() - begin >= 119);
});

test("a guest asks three times a second at most, and at home nobody waits", () => {
  assert.ok(AS_GUEST.gapMillis * 3 >= 1_000);
  assert.equal(AT_HOME.gapMillis, 0);
});
