import type { Place } from "../../../model/place.ts";
import type { Endpoint } from "../../../model/record.ts";
import type { SmbMarkId } from "../../../tables/smb-exploits.ts";
import type { Desk } from "../../reader.ts";
import { hostAt } from "../host-at.ts";

/** Pairs of hosts and marks that are told apart. A worm that tries every address of a /16 stays below. */
const MAX_MARKS = 100_000;

/** A mark where it was seen. */
export interface SeenMark {
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly atMicros: number;
  readonly place: Place;
  readonly excerpt: string;
}

interface Counted {
  readonly mark: SmbMarkId;
  first: SeenMark;
  lastMicros: number;
  times: number;
}

/** Gathers marks, one for each client, server and kind; at most 100,000, further ones are a gap. */
export class SmbMarks {
  readonly #marks = new Map<string, Counted>();
  #dropped = 0;
  #firstDropped: Place | null = null;

  add(mark: SmbMarkId, seen: SeenMark): void {
    const key = `${mark} ${seen.client.ip} ${seen.server.ip}`;
    const known = this.#marks.get(key);
    if (known !== undefined) {
      known.times++;
      known.lastMicros = Math.max(known.lastMicros, seen.atMicros);
      if (seen.atMicros < known.first.atMicros) known.first = seen;
    } else if (this.#marks.size < MAX_MARKS) {
      this.#marks.set(key, { mark, first: seen, lastMicros: seen.atMicros, times: 1 });
    } else {
      this.#dropped++;
      this.#firstDropped ??= seen.place;
    }
  }

  /** Lays them down, with the hosts at both ends. */
  flush(desk: Desk): void {
    const met = new Set<string>();
    for (const { mark, first, lastMicros, times } of this.#marks.values()) {
      const { client, server, atMicros, place, excerpt } = first;
      for (const { ip } of [client, server]) {
        if (!met.has(ip)) desk.record(hostAt(ip, place));
        met.add(ip);
      }
      desk.record({
        kind: "smb",
        host: client.ip,
        hostname: null,
        atMicros,
        atHow: "seen",
        clock: "utc",
        place,
        excerpt,
        mark,
        client,
        server,
        times,
        lastMicros,
      });
    }
    if (this.#firstDropped !== null) {
      const says = `${this.#dropped} signs of exploits beyond the first ${MAX_MARKS} are not told apart`;
      desk.gap(this.#firstDropped, "dropped-details", says);
    }
    this.#marks.clear();
    this.#dropped = 0;
    this.#firstDropped = null;
  }
}
