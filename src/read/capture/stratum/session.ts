import { splitLogin } from "../../../bytes/mining-login.ts";
import type { NamedServer, Redirect, SessionRecord } from "../../../model/record.ts";
import type { DialectRow, Means } from "../../../tables/dialects.ts";
import type { Opened, WireMessage } from "../wire.ts";
import { splitAgent } from "./agent.ts";
import { blobHead } from "./blob.ts";
import { CoinEvidence, type Mined } from "./coin.ts";
import { type Goal, goalHashes, nbitsDifficulty } from "./difficulty.ts";
import { httpIdentity } from "./identity.ts";
import { type Job, Jobs } from "./jobs.ts";
import { Logins } from "./logins.ts";
import { isCall, type Match } from "./matcher.ts";
import type { Taken } from "./shape.ts";
import { type Draft, type Settled, Shares } from "./shares.ts";
import { Trail } from "./trail.ts";

/** Redirects kept of one session. */
const MAX_REDIRECTS = 1_000;

/** What a job, a login or an open call takes (measured: 0.4 to 0.8 KB; evidence can make it 3). */
const ENTRY_COST = 800;

/** A host name as a miner is configured with. */
const HOST = /^(?=[^a-z]*[a-z])[a-z0-9.-]{1,253}$/i;

const NO_GOAL: Goal = { target: null, difficulty: null };

/** Calls whose answers a row explains, or that are answered out of order or under another id, so that
 *  waiting for an answer by id would take one that is a share's. */
const NOT_AWAITED: ReadonlySet<Means> = new Set<Means>(["ask", "keepalive", "hashrate", "job"]);

function text(value: string | number | undefined): string | null {
  return value === undefined ? null : String(value);
}

function numeric(value: string | number | undefined): number | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

/** What the messages of one conversation add up to:
 *  who logs in, which jobs, shares and difficulties there were. */
export class Session {
  readonly trail = new Trail();
  readonly logins = new Logins();
  readonly #opened: Opened;
  readonly #shares: Shares;
  readonly #jobs = new Jobs();
  readonly #coin = new CoinEvidence();
  readonly #redirects: Redirect[] = [];
  readonly #rigs = new Set<string>();
  readonly #does: Readonly<Partial<Record<Means, (match: Match, message: WireMessage) => void>>>;
  #rigsApart = false;
  #jobCount = 0;
  #lastJob: string | null = null;
  #goal: Goal = NO_GOAL;
  #firstGoal: Goal = NO_GOAL;
  #reportedHps: number | null = null;
  #opening = false;
  #named: NamedServer | null = null;
  #httpOwner: string | null = null;

  constructor(opened: Opened, settled: (settled: Settled) => void) {
    this.#opened = opened;
    this.#shares = new Shares(opened.transport === "http", (share) => {
      this.#answerSteps(share);
      settled(share);
    });
    if (opened.named !== null) this.#coin.serverName(opened.named.name);
    this.#does = {
      login: (match, message) => this.#login(match, message),
      subscribe: (match, message) => this.#subscribe(match, message),
      job: (match, message) => this.#job(match, message),
      difficulty: (match, message) => this.#difficulty(match, message),
      submit: (match, message) => this.#submit(match, message),
      answer: (_, message) => this.#shares.accepted(message),
      hashrate: ({ taken }) => {
        this.#reportedHps = numeric(taken("hashrate")) ?? this.#reportedHps;
      },
      redirect: (match, message) => this.#redirect(match, message),
    };
  }

  /** Bytes of memory, about, that it holds: what is open, and what its record will have. */
  get held(): number {
    return ENTRY_COST * (this.#shares.open + this.#jobs.size + this.logins.size + this.#redirects.length);
  }

  /** A message that a row of the dialect table explains. */
  explained(match: Match, message: WireMessage): void {
    const { row } = match;
    if (row.from === "client") this.#overHttp(message);
    const does = this.#does[row.means];
    if (row.from === "server" && row.method === undefined && row.type === undefined)
      this.#reply(match, message);
    does?.(match, message);
    const awaited = isCall(message.json) && !NOT_AWAITED.has(row.means);
    const here = row.means !== "submit" && row.means !== "login";
    if (row.from === "client" && here && (awaited || this.#opened.transport === "http"))
      this.otherCall(message);
  }

  /** A call of the client that no row explains: it waits for an answer all the same. */
  otherCall(message: WireMessage): void {
    this.#shares.call(message, { share: null, yes: undefined, login: null });
  }

  /** An answer that no row explains. */
  answer(message: WireMessage): void {
    const call = this.#shares.answer(message);
    if (call !== null && call.login !== null) this.trail.first("answer to the login", message);
  }

  /** Lays down the shares that are still open. */
  close(): void {
    this.#shares.close();
  }

  /** What the miner called its server (mining.subscribe), for where nothing else named it. */
  get named(): NamedServer | null {
    return this.#named;
  }

  mined(dialect: DialectRow, serverName: NamedServer | null): Mined {
    for (const named of [serverName, this.#named]) if (named !== null) this.#coin.serverName(named.name);
    return this.#coin.decide(dialect);
  }

  /** The part of the session's record that its messages decide. */
  summary(): Pick<SessionRecord, "redirects" | "jobs" | "midStream" | "reportedHps" | "rigsAtLeast"> {
    return {
      redirects: this.#redirects,
      jobs: this.#jobCount,
      midStream: !this.#opened.sawHandshake && !this.#opening,
      reportedHps: this.#reportedHps,
      rigsAtLeast: this.#rigsApart && this.#rigs.size > 1 ? this.#rigs.size : null,
    };
  }

  #login({ dialect, taken }: Match, message: WireMessage): void {
    const identity = splitLogin(text(taken("login")) ?? "", dialect.paymentIds ?? false);
    const agent = splitAgent(text(taken("agent")) ?? "");
    const owner = text(taken("user")) ?? text(taken("owner"));
    const login = this.logins.add(
      {
        ...identity,
        worker: identity.worker ?? (text(taken("worker")) || null),
        pass: text(taken("pass")),
        agent,
        rigId: text(taken("rigId")),
        atMicros: message.atMicros,
        place: message.place,
      },
      owner === "" ? null : owner,
    );
    this.#opening = true;
    this.#coin.wallet(identity.wallet);
    if (agent?.miner?.toLowerCase().startsWith("xmrig-proxy")) this.#rigsApart = true;
    this.trail.first("login", message);
    this.#shares.call(message, { share: null, yes: undefined, login });
  }

  #subscribe({ taken }: Match, message: WireMessage): void {
    this.logins.agent = splitAgent(text(taken("agent")) ?? "");
    this.#opening = true;
    const name = text(taken("host")) ?? "";
    if (HOST.test(name)) this.#named ??= { name, by: "message", place: message.place };
    this.trail.first("subscribe", message);
  }

  /** An answer that a row explains ends the wait of the call behind it, and may name its login. */
  #reply({ taken }: Match, message: WireMessage): void {
    const call = this.#shares.explained(message);
    const owner = text(taken("newOwner"));
    if (call === null || call.login === null) return;
    this.logins.own(owner, call.login);
    this.trail.first("answer to the login", message);
  }

  #job({ taken, row }: Match, message: WireMessage): void {
    const id = text(taken("jobId"));
    if (id === null) return;
    const owner = text(taken("owner"));
    const target = text(taken("target"));
    const difficulty = numeric(taken("difficulty"));
    // A miner that chose the block itself tells so under the pool's job id: the pool's target stands.
    const chosen = row.from === "client" ? this.#jobs.find(owner, id) : null;
    const goal =
      target === null && difficulty === null ? (chosen?.goal ?? this.#goal) : { target, difficulty };
    const height = this.#jobHeight(taken);
    const bits = text(taken("bits"));
    const networkDifficulty = numeric(taken("network")) ?? (bits === null ? null : nbitsDifficulty(bits));
    this.#jobs.put(owner, id, { goal, height, networkDifficulty, place: message.place });
    const name = `${id}\n${owner ?? ""}`;
    if (name !== this.#lastJob) this.#jobCount += 1;
    this.#lastJob = name;
    this.trail.first("first job", message);
  }

  /** Reads what a job says of its coin; returns its height. */
  #jobHeight(taken: Taken): number | null {
    const height = numeric(taken("height"));
    const [algorithm, blob, coinbase] = [text(taken("algo")), text(taken("blob")), text(taken("coinbase"))];
    if (algorithm !== null) this.#coin.algorithm(algorithm);
    if (blob !== null) {
      this.#coin.blob(blob, height);
      if (blobHead(blob)?.nonce !== "00000000") this.#rigsApart = true;
    }
    const atSeconds = numeric(taken("time"));
    const ofCoinbase =
      coinbase === null || atSeconds === null ? null : this.#coin.coinbase(coinbase, atSeconds);
    return height ?? ofCoinbase;
  }

  #difficulty({ taken }: Match, message: WireMessage): void {
    const goal = { target: text(taken("target")), difficulty: numeric(taken("difficulty")) };
    const algorithm = text(taken("algo"));
    if (algorithm !== null) this.#coin.algorithm(algorithm);
    if (goal.target === null && goal.difficulty === null) return;
    if (this.#firstGoal === NO_GOAL) this.#firstGoal = goal;
    this.#goal = goal;
    this.trail.first("first difficulty", message);
  }

  #submit({ dialect, row, taken }: Match, message: WireMessage): void {
    const jobId = text(taken("jobId"));
    const user = text(taken("user"));
    const owner = user ?? (text(taken("owner")) || this.#httpOwner);
    const job = jobId === null ? null : this.#jobs.find(owner, jobId);
    const goal = job === null ? NO_GOAL : this.#goalOf(job);
    const nonce = text(taken("nonce")) ?? "";
    if (this.#rigs.size < 256 && nonce.length === 8) this.#rigs.add(nonce.slice(6));
    const share: Draft = {
      login: this.logins.find(owner, user === null ? null : { atMicros: message.atMicros }),
      jobId,
      nonce,
      result: text(taken("result")),
      target: goal.target,
      expectedHashes: goalHashes(goal, dialect.work, this.#coin.decide(dialect).algorithm),
      height: job?.height ?? null,
      networkDifficulty: job?.networkDifficulty ?? null,
      atMicros: message.atMicros,
      place: message.place,
      jobPlace: job?.place ?? null,
    };
    this.trail.first("first share", message);
    this.trail.last("last share", message);
    this.#shares.call(message, { share, yes: row.yes, login: null });
  }

  /** A job before the first difficulty is under that first one, if the conversation was seen from its
   *  beginning: some pools send the two in the wrong order. */
  #goalOf(job: Job): Goal {
    const unknown = job.goal.target === null && job.goal.difficulty === null;
    return unknown && this.#opened.sawHandshake ? this.#firstGoal : job.goal;
  }

  #redirect({ taken }: Match, message: WireMessage): void {
    const { atMicros, place } = message;
    const redirect = { host: text(taken("host")), port: numeric(taken("port")), atMicros, place };
    if (this.#redirects.length < MAX_REDIRECTS) this.#redirects.push(redirect);
    this.trail.first("redirect", message);
  }

  /** Who an HTTP request is for stands around it, in each request anew. */
  #overHttp(message: WireMessage): void {
    const { http } = message;
    if (http === null) return;
    const owner = `${http.target}\n${http.authorization ?? ""}`.slice(0, 1024);
    if (owner === this.#httpOwner) return;
    this.#httpOwner = owner;
    const identity = httpIdentity(http);
    const agent = splitAgent(http.userAgent ?? "");
    if (identity === null) this.logins.agent = agent;
    if (identity === null) return;
    const { atMicros, place } = message;
    this.logins.add({ ...identity, agent, rigId: null, atMicros, place }, owner);
    this.#coin.wallet(identity.wallet);
    this.trail.first("login", message);
  }

  #answerSteps({ share, answer }: Settled): void {
    if (answer === null) return;
    this.trail.first("answer to the first share", answer);
    if (share.outcome === "rejected") this.trail.first("first rejected share", answer);
  }
}
