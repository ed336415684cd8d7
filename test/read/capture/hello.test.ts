import assert from "node:assert/strict";
import { test } from "node:test";
import { packets, pcap, random } from "../../kit/capture.ts";
import { investigatedFiles } from "../../kit/investigated.ts";
import { clientHello, serverHello } from "../../kit/secure.ts";

/** A browser miner's name, as data/pools lists it. */
const POOL = "ws027.authedmine.com";

function capture(serverName: string, maxSegment: number, server: boolean): Uint8Array {
  const by = random(7);
  const hello = { from: "client", at: 0.1, says: clientHello(by, serverName) } as const;
  const answer = { from: "server", at: 0.2, says: serverHello(by) } as const;
  return pcap(
    packets({
      client: { ip: "192.0.2.10", port: 50_000 },
      server: { ip: "198.51.100.20", port: 443 },
      startMicros: 1_500_000_000_000_000,
      lines: server ? [hello, answer] : [hello],
      maxSegment,
      close: "none",
    }),
  );
}

for (const maxSegment of [1460, 100, 7, 1]) {
  for (const server of [true, false]) {
    const seen = server ? "answered" : "without an answer";
    test(`a ClientHello in segments of ${maxSegment} bytes, ${seen}, is one contact`, async () => {
      const found = await investigatedFiles({ "tls.pcap": capture(POOL, maxSegment, server) });
      assert.deepEqual(
        found.contacts.map(({ by, name, client }) => [by, name, client]),
        [["sni", POOL, "192.0.2.10"]],
      );
    });
  }
}

test("a ClientHello with another name in segments of 1 byte is no contact", async () => {
  const found = await investigatedFiles({ "tls.pcap": capture("www.example.com", 1, true) });
  assert.deepEqual(found.contacts, []);
});
