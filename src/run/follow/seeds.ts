import { PaydirtError } from "../../model/error.ts";

/** A seed as it was asked for. `coin` is the ticker before the colon. */
export type Seed =
  | {
      readonly kind: "outpoint";
      readonly coin: string;
      readonly txid: string;
      readonly vout: number | null;
      readonly asked: string;
    }
  | { readonly kind: "address"; readonly coin: string; readonly address: string; readonly asked: string }
  | { readonly kind: "family"; readonly name: string; readonly asked: string };

const FORMS = "a seed is btc:ADDRESS, btc:TXID, btc:TXID:VOUT or family:NAME";
const TXID = /^([0-9a-fA-F]{64})(?::(\d{1,9}))?$/;
const ADDRESS = /^[0-9A-Za-z]{14,130}$/;
const COIN = /^[a-z]{2,8}$/;

/** Reads a seed; a bare address or txid is taken for bitcoin's. Whether an address is one of the network that
 *  is followed can only be told when the source is open.
 *
 *  Errors: `bad-option` with what a seed looks like.
 */
export function seedOf(text: string): Seed {
  const colon = text.indexOf(":");
  const scheme = colon === -1 ? "" : text.slice(0, colon).toLowerCase();
  if (scheme === "family") {
    const name = text.slice(colon + 1).trim();
    if (name !== "") return { kind: "family", name, asked: text };
  }
  const isBare = scheme === "" || TXID.test(text);
  const coin = isBare ? "btc" : scheme;
  const what = isBare ? text : text.slice(colon + 1);
  if (!COIN.test(coin) || what === "") throw wrong(text, FORMS);
  const output = TXID.exec(what);
  if (output?.[1] !== undefined) {
    const vout = output[2] === undefined ? null : Number(output[2]);
    return { kind: "outpoint", coin, txid: output[1].toLowerCase(), vout, asked: text };
  }
  if (/^[0-9a-fA-F]{40,}(?::\d+)?$/.test(what)) {
    const digits = what.replace(/:.*/, "").length;
    if (digits === 64) throw wrong(text, "no transaction has an output of such a number");
    throw wrong(text, `a txid has 64 hexadecimal digits, this one ${digits}`);
  }
  if (!ADDRESS.test(what)) throw wrong(text, FORMS);
  return { kind: "address", coin, address: what, asked: text };
}

/** The error for a seed that cannot be followed. */
export function wrong(asked: string, why: string): PaydirtError {
  return new PaydirtError("bad-option", `Cannot follow ${asked === "" ? "an empty seed" : asked}: ${why}`);
}
