import { CLASS, classify } from "./classify.ts";
import type { FirstLook } from "./first-look.ts";
import {
  CLIENT_IS_HIGH,
  FlowTable,
  FRESH_SHIFT,
  POLICY_SHIFT,
  SYN_SEEN,
  TRIES_SHIFT,
  USED,
} from "./flow-table.ts";
import type { Packet } from "./packet.ts";
import type { Decoders } from "./stream/decoders.ts";
import { Stream, type StreamNotes } from "./stream/stream.ts";
import type { Opened, Side } from "./wire.ts";

const FIN = 1;
const SYN = 2;
const RST = 4;
const ACK = 16;
/** What is done with a direction's payload, two bits of a row's flags; 0: its next bytes are looked at. */
const IGNORE = 1;
const PLAIN_HTTP = 2;
/** Payloads looked at in a direction whose beginning was not seen, before it is given up: a message of any
 *  dialect begins with a segment, except when it is one of the few that span several. */
const MAX_TRIES = 7;
/** A million connections in the larger table; 64 MB each when full. */
const MAX_ROWS_4 = 1 << 21;
const MAX_ROWS_6 = 1 << 20;
/** Memory that streams may hold together; the one silent longest gives way. 10,000 streams that have said
 *  little, or 16 that wait for the end of a message of 4 MB. With what the garbage collector leaves lying
 *  about, the process takes 350 MB then. */
const MAX_HELD_BYTES = 1 << 26;

/** All TCP connections of a chain of captures: finds those worth reading and forgets the rest.
 *
 *  Most packets end in the first three lines of `packet` or at a row that says "ignore".
 */
export class TcpFlows {
  readonly #four = new FlowTable(false, MAX_ROWS_4);
  readonly #six = new FlowTable(true, MAX_ROWS_6);
  /** By the index that a row holds; null: free, or it gave way and its row does not know yet. */
  readonly #streams: (Stream | null)[] = [];
  readonly #free: number[] = [];
  /** Least recently used first, each with its index and what it held after its last packet. */
  readonly #live = new Map<Stream, { readonly index: number; held: number }>();
  #heldBytes = 0;
  readonly #decoders: Decoders;
  readonly #firstLook: FirstLook;
  readonly #notes: StreamNotes = {
    lost: (p) => p.fault("lost-segments", "TCP segments are missing from a stream that was read"),
    conflict: (p) => p.fault("conflicting-overlap", "TCP bytes were sent twice with different content"),
  };
  #evictedStreams = 0;

  constructor(decoders: Decoders, firstLook: FirstLook) {
    this.#decoders = decoders;
    this.#firstLook = firstLook;
    for (const table of [this.#four, this.#six]) {
      table.onEvict = (row) => this.#endOf(table.rows[row + table.field.stream] ?? -1);
    }
  }

  get evicted(): number {
    return this.#four.evicted + this.#six.evicted + this.#evictedStreams;
  }

  packet(p: Packet): void {
    const length = p.end - p.at + p.missing;
    const flags = p.tcpFlags;
    if (length === 0 && (flags & (SYN | FIN | RST)) === 0) return;
    const table = p.isIp6 ? this.#six : this.#four;
    let row = table.find(p);
    if (row < 0) {
      if (length === 0 && (flags & SYN) === 0) return;
      row = table.insert();
      this.#begin(table, row, p);
    }
    const { rows, field } = table;
    rows[row + field.lastSecond] = (p.atMicros / 1e6) | 0;
    if ((flags & SYN) !== 0) {
      this.#syn(table, row, p);
      if (length === 0) return;
      p.sequence = (p.sequence + 1) | 0;
    }
    if ((rows[row + field.stream] ?? -1) >= 0) this.#streamed(table, row, p);
    else if (length > 0) this.#look(table, row, p);
  }

  /** The evidence is over. */
  finish(): void {
    for (const stream of this.#live.keys()) stream.end();
    this.#live.clear();
    this.#heldBytes = 0;
  }

  #begin(table: FlowTable, row: number, p: Packet): void {
    this.#firstLook.connection(p);
    if (table.direction === 1) table.rows[row + table.field.flags] = USED | CLIENT_IS_HIGH;
  }

  #syn(table: FlowTable, row: number, p: Packet): void {
    const { rows, field, direction } = table;
    const flags = rows[row + field.flags] ?? 0;
    const isAnswer = (p.tcpFlags & ACK) !== 0;
    const clientIsHigh = (direction === 1) !== isAnswer;
    const stream = this.#streamOf(table, row);
    const side = ((direction === 1) === clientIsHigh ? 0 : 1) as Side;
    if (stream?.isOwnSyn(side, p.sequence)) return;
    const isKnown = (flags & SYN_SEEN) !== 0 && ((flags & CLIENT_IS_HIGH) !== 0) === clientIsHigh;
    rows[row + field.nextSequence + direction] = (p.sequence + 1) | 0;
    const fresh = 1 << FRESH_SHIFT[direction];
    if (isAnswer && isKnown && stream === null) {
      rows[row + field.flags] = flags | fresh;
      return;
    }
    // The same ports, another connection.
    this.#endOf(rows[row + field.stream] ?? -1);
    rows[row + field.stream] = -1;
    rows[row + field.flags] = USED | SYN_SEEN | fresh | (clientIsHigh ? CLIENT_IS_HIGH : 0);
  }

  #look(table: FlowTable, row: number, p: Packet): void {
    const { rows, field, direction } = table;
    const flags = rows[row + field.flags] ?? 0;
    const policy = (flags >> POLICY_SHIFT[direction]) & 3;
    if (policy === IGNORE) return;
    const fresh = 1 << FRESH_SHIFT[direction];
    if ((flags & fresh) !== 0) {
      const ahead = (p.sequence - (rows[row + field.nextSequence + direction] ?? 0)) | 0;
      if (ahead < 0) return;
      // The first bytes are late: wait for them in a stream.
      if (ahead > 0) return this.#follow(table, row, p);
    }
    const kind = classify(p.bytes, p.at, p.end);
    if (kind === CLASS.blank) return;
    rows[row + field.flags] = flags & ~fresh;
    if (kind === CLASS.nothing || kind === CLASS.plainHttp) this.#passOver(table, row, kind);
    else if (kind === CLASS.tls && this.#firstLook.tls(p)) this.#ignore(table, row);
    else {
      rows[row + field.flags] = flags;
      this.#follow(table, row, p);
    }
  }

  /** Decides how much more of a direction is looked at. */
  #passOver(table: FlowTable, row: number, kind: number): void {
    const { rows, field, direction } = table;
    const flags = rows[row + field.flags] ?? 0;
    if (kind === CLASS.plainHttp) {
      // What follows on a connection of plain HTTP can still be mining; its answers alone cannot.
      const kept = flags & ~(3 << POLICY_SHIFT[direction]) & ~(7 << TRIES_SHIFT[direction]);
      rows[row + field.flags] = kept | (PLAIN_HTTP << POLICY_SHIFT[direction]);
      return;
    }
    const policy = (flags >> POLICY_SHIFT[direction]) & 3;
    const tries = (flags >> TRIES_SHIFT[direction]) & 7;
    if (policy === PLAIN_HTTP) return;
    // A conversation whose first bytes were seen does not become mining later,
    // but for plain HTTP's next request.
    const other = (flags >> POLICY_SHIFT[direction === 0 ? 1 : 0]) & 3;
    if ((flags & SYN_SEEN) !== 0 && other !== PLAIN_HTTP) return this.#ignore(table, row);
    if (tries < MAX_TRIES) rows[row + field.flags] = flags + (1 << TRIES_SHIFT[direction]);
    else rows[row + field.flags] = flags | (IGNORE << POLICY_SHIFT[direction]);
  }

  #ignore(table: FlowTable, row: number): void {
    const { rows, field } = table;
    const both = (3 << POLICY_SHIFT[0]) | (3 << POLICY_SHIFT[1]);
    const ignored = (IGNORE << POLICY_SHIFT[0]) | (IGNORE << POLICY_SHIFT[1]);
    rows[row + field.flags] = ((rows[row + field.flags] ?? 0) & ~both) | ignored;
  }

  /** Starts to read the connection as a stream, with this packet. */
  #follow(table: FlowTable, row: number, p: Packet): void {
    const { rows, field } = table;
    const flags = rows[row + field.flags] ?? 0;
    const clientDirection = (flags & CLIENT_IS_HIGH) !== 0 ? 1 : 0;
    const openedAt = (direction: 0 | 1) =>
      (flags & (1 << FRESH_SHIFT[direction])) === 0
        ? null
        : (rows[row + field.nextSequence + direction] ?? 0);
    const source = { ip: p.sourceIp(), port: p.sourcePort };
    const destination = { ip: p.destinationIp(), port: p.destinationPort };
    const isClient = table.direction === clientDirection;
    const opened: Opened = {
      endpoints: isClient ? [source, destination] : [destination, source],
      sawHandshake: (flags & SYN_SEEN) !== 0,
      transport: "tcp",
      via: null,
      named: null,
    };
    const sequences = [openedAt(clientDirection), openedAt(clientDirection === 0 ? 1 : 0)] as const;
    const stream = new Stream(this.#decoders.sniff(opened), sequences, this.#notes);
    const index = this.#free.pop() ?? this.#streams.length;
    this.#live.set(stream, { index, held: 0 });
    this.#streams[index] = stream;
    rows[row + field.stream] = index;
    this.#streamed(table, row, p);
  }

  #streamed(table: FlowTable, row: number, p: Packet): void {
    const { rows, field, direction } = table;
    const stream = this.#streamOf(table, row);
    const clientDirection = ((rows[row + field.flags] ?? 0) & CLIENT_IS_HIGH) !== 0 ? 1 : 0;
    const side = direction === clientDirection ? 0 : 1;
    if (stream?.isForeign(side, p)) {
      this.#endOf(rows[row + field.stream] ?? -1);
      rows[row + field.stream] = -1;
      rows[row + field.flags] = USED | (direction === 1 ? CLIENT_IS_HIGH : 0);
      return this.#look(table, row, p);
    }
    if (stream !== null) {
      stream.packet(side, p);
      if (!stream.isOver) return this.#weigh(stream);
    }
    this.#release(rows[row + field.stream] ?? -1);
    rows[row + field.stream] = -1;
    this.#ignore(table, row);
  }

  #streamOf(table: FlowTable, row: number): Stream | null {
    return this.#streams[table.rows[row + table.field.stream] ?? -1] ?? null;
  }

  /** Counts what the stream holds now; makes room when all together hold too much. */
  #weigh(stream: Stream): void {
    const entry = this.#live.get(stream);
    if (entry === undefined) return;
    const { held } = stream;
    this.#heldBytes += held - entry.held;
    entry.held = held;
    this.#live.delete(stream);
    this.#live.set(stream, entry);
    while (this.#heldBytes > MAX_HELD_BYTES) this.#evictOldest();
  }

  #evictOldest(): void {
    const [oldest] = this.#live;
    if (oldest === undefined) return;
    const [stream, { index }] = oldest;
    stream.end();
    this.#forget(stream);
    this.#streams[index] = null;
    this.#evictedStreams++;
  }

  #forget(stream: Stream): void {
    this.#heldBytes -= this.#live.get(stream)?.held ?? 0;
    this.#live.delete(stream);
  }

  #endOf(index: number): void {
    this.#streams[index]?.end();
    this.#release(index);
  }

  /** The row that held the index does so no more. */
  #release(index: number): void {
    if (index < 0) return;
    const stream = this.#streams[index] ?? null;
    if (stream !== null) this.#forget(stream);
    this.#streams[index] = null;
    this.#free.push(index);
  }
}
