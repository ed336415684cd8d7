import { dnsAnswer, dnsQuery } from "./dns.ts";
import { data, ethernet, frame, udp } from "./layers.ts";
import { type Random, random } from "./random.ts";
import { applicationData, clientHello, ntp, serverHello, sshKexInit, sshNewKeys } from "./secure.ts";
import { type Endpoint, ip, type Line, packets } from "./talk.ts";
import type { Packet } from "./writers.ts";

/** Who is around the server; all addresses are of the ranges for documentation (RFC 5737, RFC 3849). */
export interface Place {
  readonly server: string;
  readonly server6: string;
  readonly resolver: string;
  readonly startMicros: number;
  readonly seconds: number;
}

export function overUdp(at: number, from: Endpoint, to: Endpoint): (bytes: Uint8Array) => Packet {
  return (bytes) => ({
    atMicros: Math.round(at),
    bytes: frame([ethernet(), ip({ from, to }), udp(from.port, to.port)], data(bytes)),
  });
}

/** A question to the resolver and its answer. */
export function lookup(
  place: Place,
  atSeconds: number,
  found: { name: string; address: string; id: number },
): Packet[] {
  const me = { ip: place.server, port: 32_768 + (found.id % 28_000) };
  const resolver = { ip: place.resolver, port: 53 };
  const at = place.startMicros + atSeconds * 1e6;
  const type = found.address.includes(":") ? "AAAA" : "A";
  const answer = dnsAnswer(found.id, found.name, [{ name: found.name, type, value: found.address }]);
  return [
    overUdp(at, me, resolver)(dnsQuery(found.id, found.name, type)),
    overUdp(at + 3_000, resolver, me)(answer),
  ];
}

type Scene = (by: Random, place: Place, from: string) => { port: number; outward: boolean; lines: Line[] };

const client = (at: number, says: string | Uint8Array): Line => ({ from: "client", at, says });
const server = (at: number, says: string | Uint8Array): Line => ({ from: "server", at, says });

const PAGES = ["/", "/about.html", "/news/", "/contact.html", "/shop/list?page=2", "/css/site.css"];
const WORDS = "the quick order of a small shop with tables lamps chairs and a garden for every season".split(
  " ",
);

function page(by: Random): string {
  const paragraphs = Array.from({ length: 6 + by.below(20) }, () => {
    const words = Array.from({ length: 30 + by.below(40) }, () => by.pick(WORDS));
    return `<p>${words.join(" ")}</p>\n`;
  });
  return `<!doctype html>\n<html><body>\n${paragraphs.join("")}</body></html>\n`;
}

function http(request: string, body: string, answer: { type: string; body: string }): [string, string] {
  const length = body === "" ? "" : `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
  const agent = "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:54.0) Gecko/20100101 Firefox/54.0\r\n";
  const type = `Content-Type: ${answer.type}\r\n`;
  return [
    `${request} HTTP/1.1\r\nHost: shop.example.com\r\n${agent}${length}\r\n${body}`,
    `HTTP/1.1 200 OK\r\nServer: nginx\r\n${type}Content-Length: ${answer.body.length}\r\n\r\n${answer.body}`,
  ];
}

const web: Scene = (by) => {
  const lines: Line[] = [];
  for (let at = 0.03, left = 1 + by.below(3); left > 0; left -= 1, at += 0.4 + by.wait(2)) {
    const [asks, says] = http(`GET ${by.pick(PAGES)}`, "", { type: "text/html", body: page(by) });
    lines.push(client(at, asks), server(at + 0.05, says));
  }
  return { port: 80, outward: false, lines };
};

/** Ordinary JSON, and even JSON-RPC with a method called login, that has nothing to do with mining. */
const api: Scene = (by) => {
  const id = by.below(10_000);
  const login = { jsonrpc: "2.0", id, method: "login", params: { user: "clerk", password: "********" } };
  const order = {
    order: id,
    lines: [{ article: "lamp", count: 1 + by.below(5) }],
    nonce: by.below(1e9).toString(16),
  };
  const body = JSON.stringify(by.next() < 0.2 ? login : order);
  const answer = {
    type: "application/json",
    body: JSON.stringify({ id, status: "OK", total: by.below(500) }),
  };
  const [asks, says] = http("POST /api/v1/orders", body, answer);
  return { port: 80, outward: false, lines: [client(0.03, asks), server(0.08, says)] };
};

const tls: Scene = (by) => {
  const outward = by.next() < 0.5;
  const name = outward
    ? by.pick(["updates.example.com", "example.com", "mirror.example.org"])
    : "shop.example.com";
  const lines = [client(0.03, clientHello(by, name)), server(0.06, serverHello(by))];
  for (let at = 0.1, left = 2 + by.below(6); left > 0; left -= 1, at += by.wait(1)) {
    lines.push(client(at, applicationData(by, 80 + by.below(600))));
    lines.push(server(at + 0.05, applicationData(by, 300 + by.below(4000))));
  }
  return { port: 443, outward, lines };
};

const ssh: Scene = (by) => {
  const lines = [
    server(0.03, "SSH-2.0-OpenSSH_7.2p2 Ubuntu-4ubuntu2.2\r\n"),
    client(0.05, "SSH-2.0-OpenSSH_7.5\r\n"),
    client(0.06, sshKexInit(by)),
    server(0.07, sshKexInit(by)),
    client(0.1, sshNewKeys(by)),
    server(0.11, sshNewKeys(by)),
  ];
  for (let at = 1, left = 20 + by.below(60); left > 0; left -= 1, at += by.wait(2)) {
    lines.push(client(at, by.bytes(36)), server(at + 0.04, by.bytes(36 + 16 * by.below(20))));
  }
  return { port: 22, outward: false, lines };
};

const smtp: Scene = (by) => {
  const talk = [
    ["EHLO mail.example.net", "250 shop.example.com"],
    ["MAIL FROM:<orders@example.net>", "250 2.1.0 Ok"],
    ["RCPT TO:<shop@example.com>", "250 2.1.5 Ok"],
    ["DATA", "354 End data with <CR><LF>.<CR><LF>"],
    [
      `Subject: order ${by.below(9999)}\r\n\r\n${by.pick(WORDS)} ${by.pick(WORDS)}\r\n.`,
      "250 2.0.0 Ok: queued",
    ],
    ["QUIT", "221 2.0.0 Bye"],
  ];
  const lines = talk.flatMap(([asks, says], index) => [
    client(0.1 + index / 10, `${asks}\r\n`),
    server(0.15 + index / 10, `${says}\r\n`),
  ]);
  return {
    port: 25,
    outward: false,
    lines: [server(0.04, "220 shop.example.com ESMTP Postfix\r\n"), ...lines],
  };
};

/** Mean seconds between two scenes of a kind. */
const SCENES: readonly (readonly [every: number, scene: Scene])[] = [
  [40, web],
  [60, api],
  [70, tls],
  [600, ssh],
  [300, smtp],
];

const NAMES = [
  "example.com",
  "mirror.example.org",
  "updates.example.com",
  "mail.example.net",
  "ntp.example.net",
];

/** An hour, or any other span, of what a small web server does besides. */
export function background(place: Place, seed: number): Packet[] {
  const by = random(seed);
  const all: Packet[][] = [];
  const times = (every: number): number[] => {
    const list: number[] = [];
    for (let at = by.wait(every); at < place.seconds - 5; at += by.wait(every)) list.push(at);
    return list;
  };
  for (const at of times(25)) {
    const address = `198.51.100.${10 + by.below(40)}`;
    all.push(lookup(place, at, { name: by.pick(NAMES), address, id: by.below(65_536) }));
  }
  for (let at = 11; at < place.seconds; at += 256) all.push(clock(place, at));
  for (const [every, scene] of SCENES)
    for (const at of times(every)) all.push(play(scene, by, { place, at }));
  const end = place.startMicros + place.seconds * 1e6;
  return all.flat().filter((packet) => packet.atMicros < end);
}

function clock(place: Place, at: number): Packet[] {
  const me = { ip: place.server, port: 123 };
  const other = { ip: "198.51.100.123", port: 123 };
  const micros = place.startMicros + at * 1e6;
  const seconds = Math.floor(micros / 1e6);
  return [overUdp(micros, me, other)(ntp(3, seconds)), overUdp(micros + 9000, other, me)(ntp(4, seconds))];
}

function play(scene: Scene, by: Random, { place, at }: { place: Place; at: number }): Packet[] {
  const six = by.next() < 0.15;
  const peer = six ? `2001:db8:5::${(1 + by.below(500)).toString(16)}` : `198.51.100.${130 + by.below(100)}`;
  const me = six ? place.server6 : place.server;
  const { port, outward, lines } = scene(by, place, peer);
  const high = 32_768 + by.below(28_000);
  const [from, to] = outward ? [me, peer] : [peer, me];
  return packets({
    client: { ip: from, port: high },
    server: { ip: to, port },
    startMicros: Math.round(place.startMicros + at * 1e6),
    clientSequence: by.below(2 ** 32),
    serverSequence: by.below(2 ** 32),
    lines,
  });
}
