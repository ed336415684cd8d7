import type { Place } from "../../model/place.ts";
import type { Desk } from "../reader.ts";
import type { MalwareSighting } from "./dns.ts";
import { hostAt } from "./host-at.ts";
import { type PacketRef, placeOf } from "./packet-ref.ts";

/** Clients and names that are told apart. */
const MAX_QUERIES = 100_000;

interface Query {
  readonly sighting: MalwareSighting;
  asked: number;
  answered: number;
  firstMicros: number;
  place: Place;
}

/** Gathers look-ups of names of malware, one for each client and name; at most 100,000, further ones are a
 *  gap. A look-up shows as a question and as an answer. */
export class NameQueries {
  readonly #queries = new Map<string, Query>();
  #firstDropped: Place | null = null;

  add(sighting: MalwareSighting, ref: PacketRef): void {
    const key = `${sighting.client} ${sighting.name}`;
    const known = this.#queries.get(key);
    const { atMicros } = ref;
    const answered = sighting.answer ? 1 : 0;
    if (known !== undefined) {
      known.asked += 1 - answered;
      known.answered += answered;
      if (atMicros >= known.firstMicros) return;
      known.firstMicros = atMicros;
      known.place = placeOf(ref);
    } else if (this.#queries.size < MAX_QUERIES) {
      const counts = { asked: 1 - answered, answered };
      this.#queries.set(key, { sighting, ...counts, firstMicros: atMicros, place: placeOf(ref) });
    } else this.#firstDropped ??= placeOf(ref);
  }

  flush(desk: Desk): void {
    const met = new Set<string>();
    for (const { sighting, asked, answered, firstMicros, place } of this.#queries.values()) {
      const { client, name, row } = sighting;
      if (!met.has(client)) desk.record(hostAt(client, place));
      met.add(client);
      desk.record({
        kind: "name-query",
        host: client,
        hostname: null,
        atMicros: firstMicros,
        atHow: "seen",
        clock: "utc",
        place,
        excerpt: name,
        client,
        name,
        family: row.family,
        times: Math.max(asked, answered),
      });
    }
    if (this.#firstDropped !== null) {
      const says = `Look-ups of names of malware beyond the first ${MAX_QUERIES} are not told apart`;
      desk.gap(this.#firstDropped, "dropped-details", says);
    }
    this.#queries.clear();
    this.#firstDropped = null;
  }
}
