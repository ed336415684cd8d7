import { type Identity, MAX_LOGIN, splitLogin } from "../../../bytes/mining-login.ts";
import type { HttpContext } from "../wire.ts";

/** Words of a pool's own address space, never a worker: "/0xWALLET/worker/hashrate". */
const NOT_A_WORKER = /^(?:\d*|hashrate|getwork|farm|[a-z]*=.*)$/i;

/** Parts of a request's path that are looked at. */
const MAX_PARTS = 16;

/** Decodes Basic credentials; null for another scheme or text that is not base64. */
function basicUser(authorization: string | null): { user: string; pass: string } | null {
  const encoded = /^basic +([a-z0-9+/=]{1,512})$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? { user: text, pass: "" } : { user: text.slice(0, colon), pass: text.slice(colon + 1) };
}

/** Who an HTTP request is for: a wallet in its path or query, with the worker behind it, else the user of
 *  Basic authentication. null when neither is there.
 *
 *  Source: dwarfpool "/0xWALLET/worker", nanopool "/0xWALLET/worker/hashrate", ethminer
 *  "?miner=…@WALLET@rig".
 */
export function httpIdentity(http: HttpContext): (Identity & { readonly pass: string | null }) | null {
  const parts = http.target.slice(0, MAX_LOGIN).split(/[/?&=@]/, MAX_PARTS);
  for (const [i, part] of parts.entries()) {
    const identity = splitLogin(part, false);
    if (identity.wallet === null) continue;
    const next = parts.slice(i + 1).find((word) => !NOT_A_WORKER.test(word));
    return { ...identity, worker: identity.worker ?? next ?? null, pass: null };
  }
  const basic = basicUser(http.authorization);
  if (basic === null || basic.user === "") return null;
  return { ...splitLogin(basic.user, false), pass: basic.pass === "" ? null : basic.pass };
}
