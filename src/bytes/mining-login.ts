import type { ParsedWallet } from "./parsed-wallet.ts";
import { parseWallet } from "./wallet.ts";

/** Who a login names, before anything else is known of it. */
export interface Identity {
  readonly wallet: ParsedWallet | null;
  readonly account: string | null;
  readonly worker: string | null;
  readonly paymentId: string | null;
}

/** Longest login that is taken apart, and longest name that is kept. */
export const MAX_LOGIN = 512;

/** Separators tried before a login is called an account:
 *  a wallet with a prefix ("bitcoincash:q….worker") has two. */
const MAX_HEADS = 6;

const PAYMENT_ID = /^(?:[0-9a-f]{16}|[0-9a-f]{64})$/i;
const EMAIL = /^[^\s/+@]{1,200}@[^\s/+@]{1,200}/;
const ACCOUNT = /^[^./+]*/;

/** The longest start of a login, up to a separator, that is a wallet. */
function walletHead(login: string): ParsedWallet | null {
  const whole = parseWallet(login);
  if (whole !== null) return whole;
  let heads = 0;
  for (let i = 1; i < login.length && heads < MAX_HEADS; i++) {
    if (!"./+@:".includes(login[i] ?? "")) continue;
    heads += 1;
    const wallet = parseWallet(login.slice(0, i));
    if (wallet !== null) return wallet;
  }
  return null;
}

/** What follows the name: payment id, worker;
 *  a fixed difficulty ("+5000") and an address for mail are left out. */
function tail(rest: string, paymentIds: boolean): { paymentId: string | null; worker: string | null } {
  const separator = rest[0];
  const body = rest.slice(1);
  if (separator === undefined || separator === "+") return { paymentId: null, worker: null };
  if (separator === "." && paymentIds) {
    const part = /^[^./+@:]*/.exec(body)?.[0] ?? "";
    if (PAYMENT_ID.test(part))
      return { paymentId: part, worker: tail(body.slice(part.length), false).worker };
  }
  const worker = /^[^/+]*/.exec(body)?.[0] ?? "";
  const isMail = separator === "/" && EMAIL.test(worker);
  return { paymentId: null, worker: worker === "" || isMail ? null : worker };
}

/** Takes a login apart:
 *  WALLET[.payment id][.worker][+difficulty], user.worker, wallet/worker/mail, wallet@rig.
 *
 *  Shape: what validates as an address of a known coin is the wallet, else the name before the first
 *  separator is the account; an account that is an address for mail keeps its dots.
 *  Limits: a mail address behind a wallet is left out; the login's excerpt in the trail shows it.
 */
export function splitLogin(text: string, paymentIds: boolean): Identity {
  const login = text.trim().slice(0, MAX_LOGIN);
  const wallet = walletHead(login);
  const head = wallet?.address ?? EMAIL.exec(login)?.[0] ?? ACCOUNT.exec(login)?.[0] ?? "";
  return {
    wallet,
    account: wallet === null && head !== "" ? head : null,
    ...tail(login.slice(head.length), paymentIds),
  };
}
