const LF = 10;
const CR = 13;
const SPACE = 32;

/** What a client's first bytes are to a reader of mining. */
export const HTTP_INTEREST = {
  /** No HTTP/1 request. */
  none: 0,
  /** A request that cannot carry mining. */
  ordinary: 1,
  /** Worth following. */
  follow: 2,
} as const;

/** The bytes under judgement: one record for all calls, so that none allocates. */
const sniffed: { bytes: Uint8Array; end: number } = { bytes: new Uint8Array(0), end: 0 };

const ascii = (text: string) => new TextEncoder().encode(text);

const POST = ascii("POST ");
const GET = ascii("GET ");
const CONNECT = ascii("CONNECT ");
const OTHER_METHODS = [
  "HEAD ",
  "PUT ",
  "OPTIONS ",
  "DELETE ",
  "PATCH ",
  "TRACE ",
  "PROPFIND ",
  "REPORT ",
].map(ascii);

/** What miners fetch: a Monero daemon's height and information, and the long polls of getwork. */
const MINING_TARGETS = [
  "/getheight",
  "/get_height",
  "/getinfo",
  "/get_info",
  "/json_rpc",
  "/lp",
  "/longpoll",
].map(ascii);

const CONTENT_TYPE = ascii("\ncontent-type:");
const UPGRADE = ascii("\nupgrade:");
const WEBSOCKET = ascii("websocket");

/** Types that hold no JSON-RPC, by how they begin.
 *  Forms are not among them: curl calls all its bodies a form. */
const OTHER_TYPES = [
  "multipart/",
  "image/",
  "video/",
  "audio/",
  "font/",
  "application/ocsp",
  "application/octet-",
  "application/xml",
  "application/soap",
  "application/grpc",
  "application/x-protobuf",
  "application/protobuf",
  "application/dns-",
  "application/ipp",
  "application/x-amf",
  "application/vnd.",
  "text/xml",
  "text/html",
].map(ascii);

/** Judges a client's first bytes (one chunk, from its first byte). Allocates nothing.
 *
 *  Shape: one of `HTTP_INTEREST`. POST is followed if its type may be JSON and its body, as far as it is
 *  there, begins with a brace or bracket; GET if it asks for a WebSocket or for what miners fetch; CONNECT
 *  always.
 *  Limits: a GET whose Upgrade header comes in a later segment is called ordinary.
 */
export function looksLikeHttpRequest(bytes: Uint8Array, at: number, end: number): 0 | 1 | 2 {
  sniffed.bytes = bytes;
  sniffed.end = end;
  // All methods begin with a letter from C to T; most first payloads of other protocols do not.
  const first = bytes[at] ?? 0;
  if (end - at < 4 || first < 67 || first > 84) return 0;
  if (begins(POST, at)) return postInterest(at);
  if (begins(GET, at)) return getInterest(at);
  if (begins(CONNECT, at)) return 2;
  for (const method of OTHER_METHODS) {
    if (begins(method, at)) return 1;
  }
  return 0;
}

function postInterest(at: number): 1 | 2 {
  const { bytes, end } = sniffed;
  const body = bodyAt(bytes, at, end);
  const type = find(CONTENT_TYPE, at, body < 0 ? end : body);
  if (type >= 0) {
    const value = skipSpace(bytes, type + CONTENT_TYPE.length, end);
    for (const other of OTHER_TYPES) {
      if (begins(other, value)) return 1;
    }
  }
  if (body < 0) return 2;
  const first = skipSpace(bytes, body, end);
  return first >= end || bytes[first] === 0x7b || bytes[first] === 0x5b ? 2 : 1;
}

function getInterest(at: number): 1 | 2 {
  const { bytes, end } = sniffed;
  for (const target of MINING_TARGETS) {
    const after = at + GET.length + target.length;
    if (!begins(target, at + GET.length)) continue;
    // The whole of a path, not the beginning of another word.
    const next = bytes[after] ?? SPACE;
    if (after >= end || next === SPACE || next === 0x3f || next === 0x2f) return 2;
  }
  const upgrade = find(UPGRADE, at, end);
  if (upgrade < 0) return 1;
  return begins(WEBSOCKET, skipSpace(bytes, upgrade + UPGRADE.length, end)) ? 2 : 1;
}

/** Where the body begins; -1 while the blank line has not come. */
function bodyAt(bytes: Uint8Array, at: number, end: number): number {
  for (let i = at; i + 1 < end; i++) {
    if (bytes[i] !== LF) continue;
    if (bytes[i + 1] === LF) return i + 2;
    if (bytes[i + 1] === CR && bytes[i + 2] === LF && i + 2 < end) return i + 3;
  }
  return -1;
}

function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (
    next < end &&
    (bytes[next] === SPACE || bytes[next] === 9 || bytes[next] === LF || bytes[next] === CR)
  )
    next++;
  return next;
}

/** Whether `word` stands at `at`, letters of any case. `word` is lower or upper case throughout. */
function begins(word: Uint8Array, at: number): boolean {
  const { bytes, end } = sniffed;
  if (at + word.length > end) return false;
  for (let i = 0; i < word.length; i++) {
    if (!alike(bytes[at + i] ?? 0, word[i] ?? 0)) return false;
  }
  return true;
}

function alike(a: number, b: number): boolean {
  if (a === b) return true;
  const letter = a | 32;
  return letter === (b | 32) && letter >= 97 && letter <= 122;
}

function find(word: Uint8Array, at: number, end: number): number {
  const { bytes } = sniffed;
  // Not indexOf: it would search the whole buffer behind the packet.
  for (let i = at; i < end; i++) {
    if (bytes[i] === LF && begins(word, i)) return i;
  }
  return -1;
}
