import { isObject, textOf, valueAt } from "../../json.ts";
import { badSource, begin } from "./failures.ts";
import type { Server } from "./server.ts";

export interface Call {
  readonly method: string;
  readonly params: readonly (string | number | boolean)[];
}

/** What a node answered to one call: a result, or an error of its own. */
export type Called =
  | { readonly result: unknown; readonly error: null }
  | { readonly result: null; readonly error: { readonly code: number | null; readonly says: string } };

/** Errors come with these, and with JSON that says more. Source: Bitcoin Core src/httprpc.cpp
 *  (JSONErrorReply); bcoin answers 200. */
const WITH_JSON = [400, 404, 500];
/** Source: Bitcoin Core src/rpc/protocol.h, RPC_IN_WARMUP. */
const STARTING = -28;

/** A node's JSON-RPC.
 *
 *  Source: JSON-RPC 1.0, as Bitcoin Core and bcoin speak it, batches as in 2.0.
 */
export class JsonRpc {
  readonly shown: string;
  readonly #server: Server;
  #id = 0;

  constructor(server: Server) {
    this.shown = server.shown;
    this.#server = server;
  }

  /** Calls, and takes an error of the node for the end: "bad-source". */
  async result(call: Call): Promise<unknown> {
    return this.resultOf(call, await this.call(call));
  }

  /** The result of a call that was made; likewise. */
  resultOf(call: Call, { result, error }: Called): unknown {
    if (error === null) return result;
    const says = error.code === null ? error.says : `error ${error.code}, ${error.says}`;
    throw badSource(this.shown, nameOf(call), `it answered with ${says}`);
  }

  /** Calls; an error of the node is for the caller to weigh.
   *  Errors: `PaydirtError` "bad-source" for no answer or nonsense. */
  async call(call: Call): Promise<Called> {
    const [called] = await this.#post([call], false);
    if (called === undefined) throw this.nonsense(call, "it has no answer in it");
    return called;
  }

  /** Calls at once, answered in the order of the calls. */
  async batch(calls: readonly Call[]): Promise<readonly Called[]> {
    return calls.length === 0 ? [] : this.#post(calls, true);
  }

  nonsense(call: Call, says: string): Error {
    return badSource(this.shown, nameOf(call), `its answer makes no sense: ${says}`);
  }

  close(): void {
    this.#server.close();
  }

  async #post(calls: readonly Call[], isBatch: boolean): Promise<readonly Called[]> {
    const first = this.#id + 1;
    const requests = calls.map(({ method, params }, i) => ({
      jsonrpc: "1.0",
      id: first + i,
      method,
      params,
    }));
    this.#id += calls.length;
    const name = calls.map(nameOf).slice(0, 1).join("") + (isBatch ? ` and ${calls.length - 1} more` : "");
    const { status, body } = await this.#server.ask({
      path: "",
      body: JSON.stringify(isBatch ? requests : requests[0]),
      name,
      expected: WITH_JSON,
    });
    const value = parsed(body);
    const answers = isBatch ? value : [value];
    if (!Array.isArray(answers) || !answers.every(isObject)) {
      const what = status === 200 ? "what it answered" : `it answered with ${status}, and that`;
      throw badSource(this.shown, name, `${what} is no JSON-RPC: ${begin(body)}; is the URL that of a node?`);
    }
    const byId = new Map(answers.map((answer) => [answer["id"], answer]));
    return requests.map(({ id }, i) => {
      const answer = byId.get(id) ?? (isBatch ? undefined : answers[0]);
      if (answer === undefined) throw this.nonsense(calls[i] ?? requests[0]!, "it leaves out what was asked");
      return this.#called(answer, name);
    });
  }

  #called(answer: Readonly<Record<string, unknown>>, name: string): Called {
    const error = answer["error"];
    if (error === null || error === undefined) {
      if (answer["result"] !== undefined) return { result: answer["result"], error: null };
      throw badSource(this.shown, name, "it answered with neither a result nor an error");
    }
    const code = valueAt(error, "code");
    const says = begin(textOf(valueAt(error, "message")) ?? textOf(error) ?? "");
    if (code === STARTING) {
      throw badSource(this.shown, name, `it is still starting: ${says}; try again when it has started`);
    }
    return { result: null, error: { code: typeof code === "number" ? code : null, says } };
  }
}

function nameOf({ method, params }: Call): string {
  return [method, ...params].join(" ");
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
