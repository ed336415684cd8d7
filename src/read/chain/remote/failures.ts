import { PaydirtError } from "../../../model/error.ts";

/** What became of a question that was not answered, and what can be done.
 *
 *  Shape: `again` says when it is asked once more: never, whenever tries are left, or only where the server
 *  has answered before, so that a wrong port is told at once and a restart is waited for.
 */
export interface Failure {
  readonly says: string;
  readonly advice: string;
  readonly again: "never" | "always" | "known";
}

const LATER = "what was fetched is kept: run it again later";
const CERTIFICATE = "name a file with its issuer's certificate in NODE_EXTRA_CA_CERTS if you trust it";

/** Errors of the system and of Node. Source: libuv, "Error constants"; Node.js, "TLS", "X509 error codes". */
const NO_ANSWER: readonly (readonly [code: RegExp, failure: Failure])[] = [
  [
    /^ECONNREFUSED$/,
    { says: "nothing listens there", advice: "is it running, and is the port right?", again: "known" },
  ],
  [/^ENOTFOUND$/, { says: "there is no host of this name", advice: "look at the name", again: "never" }],
  [
    /^EAI_AGAIN$/,
    { says: "its name could not be looked up", advice: "is this machine online?", again: "known" },
  ],
  [
    /^(?:EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
    { says: "no way leads to it", advice: "is this machine online?", again: "known" },
  ],
  [/^(?:silent|ETIMEDOUT)$/, { says: "it was silent for too long", advice: LATER, again: "known" }],
  [/^slow$/, { says: "its answer took too long", advice: LATER, again: "known" }],
  [/^(?:cut|ECONNRESET|EPIPE)$/, { says: "its answer broke off", advice: LATER, again: "always" }],
  [/^huge$/, { says: "its answer is larger than any that was asked for", advice: "", again: "never" }],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_/,
    { says: "its certificate is not trusted", advice: CERTIFICATE, again: "never" },
  ],
  [
    /^(?:EPROTO|ERR_SSL_|HPE_)/,
    { says: "what listens there speaks another protocol", advice: "http or https?", again: "never" },
  ],
];

/** Source: RFC 9110 §15, RFC 6585 (429); Bitcoin Core src/httprpc.cpp and src/httpserver.cpp. */
const STATUS: ReadonlyMap<number, Failure> = new Map<number, Failure>([
  [
    401,
    {
      says: "it refuses the name or password",
      advice: "give them as http://NAME:PASSWORD@HOST:PORT, or a node's cookie file as ?cookie=PATH",
      again: "never",
    },
  ],
  [403, { says: "it does not serve this machine", advice: "look at its settings", again: "never" }],
  [404, { says: "it has nothing there", advice: "is the path of the URL right?", again: "never" }],
  [429, { says: "it was asked too often", advice: LATER, again: "always" }],
  [502, { says: "what is behind it does not answer", advice: LATER, again: "always" }],
  [503, { says: "it is too busy", advice: LATER, again: "always" }],
  [504, { says: "what is behind it does not answer", advice: LATER, again: "always" }],
]);

/** What the code of a `NoAnswer` means. */
export function failureOfCode(code: string): Failure {
  const row = NO_ANSWER.find(([pattern]) => pattern.test(code));
  return row?.[1] ?? { says: `the connection failed (${code})`, advice: LATER, again: "known" };
}

/** What a status other than 200 means. A server that sends elsewhere is not followed: nobody named where. */
export function failureOfStatus(status: number, location: string | null): Failure {
  const known = STATUS.get(status);
  if (known !== undefined) return { ...known, says: `${known.says} (${status})` };
  if (status >= 300 && status < 400) {
    const says = `it sends on to ${begin(location ?? "")} (${status})`;
    return { says, advice: "name that URL if you mean it", again: "never" };
  }
  return { says: `it answered with ${status}`, advice: "", again: "never" };
}

/** The error of a source that cannot be used, or no longer.
 *
 *  Shape: `asked` is what it was asked for, `says` what came.
 */
export function badSource(shown: string, asked: string, says: string): PaydirtError {
  return new PaydirtError("bad-source", `Cannot use ${shown}: asked for ${asked}, ${says}`);
}

const MOST_SHOWN = 80;

/** The beginning of what a server sent, quoted, without characters that a terminal would obey. */
export function begin(sent: Uint8Array | string): string {
  const text = typeof sent === "string" ? sent : Buffer.from(sent.subarray(0, 400)).toString("utf8");
  const plain = text.replace(/[^\x20-\x7e]+/g, " ").trim();
  return JSON.stringify(plain.length > MOST_SHOWN ? `${plain.slice(0, MOST_SHOWN)}…` : plain);
}
