import { splitLogin } from "../../../bytes/mining-login.ts";
import type { Place } from "../../../model/place.ts";
import type { NamedServer, SessionRecord } from "../../../model/record.ts";
import { isMinerAgent } from "../../../tables/dialect-coins.ts";
import type { DialectRow } from "../../../tables/dialects.ts";
import type { Desk } from "../../reader.ts";
import type { Conversation, Opened, Side, WireMessage } from "../wire.ts";
import { isAnswer, isCall, type Match, Matcher } from "./matcher.ts";
import { Session } from "./session.ts";
import type { Settled } from "./shares.ts";

/** Messages without proof of mining after which a conversation is something else. A miner proves itself
 *  within its first four (login, its answer, job, share); entered in the middle, the next job or share
 *  does, and 32 leave room for keepalives and hash rates before it. */
const MAX_UNPROVEN_MESSAGES = 32;

/** The same in bytes of text: large answers of other services are over sooner. Larger than any job. */
const MAX_UNPROVEN_BYTES = 65_536;

type Names = (ip: string, atMicros: number) => NamedServer | null;

/** What is counted of a conversation, mining or not. */
class Tally {
  messages = 0;
  bytes = 0;
  firstMicros = Number.POSITIVE_INFINITY;
  lastMicros = Number.NEGATIVE_INFINITY;
  undecoded = 0;
  malformed = 0;
  lastPlace: Place | null = null;
  readonly sides = new Set<Side>();
  readonly evidence = new Set<string>();

  add(message: WireMessage): void {
    this.messages += 1;
    this.bytes += message.text.length;
    this.firstMicros = Math.min(this.firstMicros, message.atMicros);
    this.lastMicros = Math.max(this.lastMicros, message.atMicros);
    this.lastPlace = message.place;
    this.sides.add(message.side);
    this.evidence.add(message.place.evidence);
  }
}

class StratumConversation implements Conversation {
  state: "undecided" | "mining" | "other" = "undecided";
  readonly #opened: Opened;
  readonly #desk: Desk;
  readonly #matcher: Matcher;
  readonly #tally = new Tally();
  #session: Session | null;
  #id: string | null = null;
  /** Messages that no row explained before mining was proven. */
  #unexplained: Place[] = [];

  constructor(opened: Opened, desk: Desk) {
    this.#opened = opened;
    this.#desk = desk;
    this.#matcher = new Matcher(opened);
    this.#session = new Session(opened, (settled) => this.#layDown(settled));
  }

  get held(): number {
    return this.#session?.held ?? 0;
  }

  message(message: WireMessage): void {
    const session = this.#session;
    if (session === null) return;
    this.#tally.add(message);
    const match = this.#matcher.match(message);
    if (match !== null) {
      if (this.state === "undecided" && this.#isMinersLogin(match))
        this.#matcher.proveBy(match, message.side);
      this.#mayBegin();
      session.explained(match, message);
    } else if (isAnswer(message.json)) {
      if (message.side !== this.#matcher.client) session.answer(message);
    } else {
      this.#undecoded(message, session);
    }
    const { messages, bytes } = this.#tally;
    if (this.state === "undecided" && (messages >= MAX_UNPROVEN_MESSAGES || bytes >= MAX_UNPROVEN_BYTES)) {
      this.state = "other";
      this.#session = null;
      this.#unexplained = [];
    }
  }

  lost(_side: Side, what: "segments" | "malformed"): void {
    if (what === "malformed") this.#tally.malformed += 1;
  }

  end(named: Names): void {
    const session = this.#session;
    const { dialect } = this.#matcher;
    this.#session = null;
    if (session === null || dialect === null || this.#id === null) return;
    session.close();
    this.#desk.record(this.#record(session, { dialect, id: this.#id, named }));
    this.#gaps(session);
  }

  /** A login that other services have too is a miner's when it names a checked wallet or a mining program. */
  #isMinersLogin({ dialect, row, taken }: Match): boolean {
    if (row.means !== "login" || row.proof !== "none") return false;
    const { wallet } = splitLogin(String(taken("login") ?? ""), true);
    return (
      (wallet !== null && dialect.coins.includes(wallet.coin)) || isMinerAgent(String(taken("agent") ?? ""))
    );
  }

  #mayBegin(): void {
    if (!this.#matcher.mining || this.state !== "undecided") return;
    this.state = "mining";
    this.#id = this.#desk.nextId("s");
    for (const place of this.#unexplained) this.#undecodedGap(place);
    this.#unexplained = [];
  }

  #undecoded(message: WireMessage, session: Session): void {
    this.#tally.undecoded += 1;
    if (this.state === "mining") this.#undecodedGap(message.place);
    else this.#unexplained.push(message.place);
    if (isCall(message.json) && message.side === (this.#matcher.client ?? 0)) session.otherCall(message);
  }

  #undecodedGap(place: Place): void {
    this.#desk.gap(
      place,
      "undecoded-message",
      "Message of a mining session that its dialect does not explain",
    );
  }

  #layDown({ share }: Settled): void {
    if (this.#id !== null) this.#desk.record({ ...share, session: this.#id });
  }

  #gaps(session: Session): void {
    const { malformed, lastPlace: place } = this.#tally;
    const { dropped } = session.logins;
    if (place === null) return;
    if (malformed > 0) {
      const says = "Bytes of a mining session that are not valid JSON";
      this.#desk.countGap({ place, code: "malformed-message", says, count: malformed });
    }
    if (dropped > 0) {
      const says = "Login of a mining session beyond the number that is kept";
      this.#desk.countGap({ place, code: "dropped-details", says, count: dropped });
    }
  }

  #record(session: Session, about: { dialect: DialectRow; id: string; named: Names }): SessionRecord {
    const { dialect, id, named } = about;
    const { firstMicros, lastMicros, messages, undecoded, sides, evidence, lastPlace } = this.#tally;
    const [near, far] = this.#opened.endpoints;
    const [client, server] = this.#matcher.client === 1 ? [far, near] : [near, far];
    const serverName = this.#opened.named ?? named(server.ip, firstMicros) ?? session.named;
    return {
      kind: "session",
      id,
      dialect: dialect.id,
      transport: this.#opened.transport,
      via: this.#opened.via,
      ...session.mined(dialect, serverName),
      workUnit: dialect.workUnit,
      client,
      server,
      serverName,
      logins: session.logins.list(firstMicros, lastPlace),
      messages,
      firstMicros,
      lastMicros,
      oneSided: sides.size === 1,
      evidence: [...evidence].sort(),
      trail: session.trail.steps(),
      undecoded,
      ...session.summary(),
    };
  }
}

/** Decodes the messages of one stream by the dialect table.
 *
 *  Shape: shares are laid down as soon as they are answered, the session at the end; the session's id is
 *  taken when mining is proven. `midStream`: no handshake was seen and neither a login nor a subscription.
 *  `oneSided`: only one side sent messages. Difficulty messages count for the jobs after them.
 *  Errors: none thrown for what evidence holds; messages that no row explains and bytes that are no JSON
 *  become gaps.
 *  Limits: a conversation that shows no proof of mining in its first 32 messages or 64 KiB is `other` for
 *  good.
 */
export function openConversation(opened: Opened, desk: Desk): Conversation {
  return new StratumConversation(opened, desk);
}
