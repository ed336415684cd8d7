import type { CaseTrace } from "./trace.ts";

/** "txid:vout"; of an output that a list of payments does not number "txid:null". */
const idOf = ({ txid, vout }: { readonly txid: string; readonly vout: number | null }): string =>
  `${txid}:${vout}`;

/** The way from a seed to any output of a trace, as "txid:vout", the output itself last.
 *
 *  Where several dirty outputs were spent together the way goes back through the one that held most: a way
 *  that the money can have taken, not the only one. In a backward trace it leads on to the seed instead, and
 *  is told from there all the same.
 *  Limits: where the trace does not list the edge that leads back (beyond its limit), the way begins there.
 */
export function waysOf({ seeds, edges, direction }: CaseTrace): (id: string) => readonly string[] {
  const dirty = new Map(edges.map((edge) => [idOf(edge), edge.dirtySats]));
  for (const seed of seeds) dirty.set(idOf(seed), seed.valueSats);
  const seeded = new Set(seeds.map(idOf));
  const before = new Map<string, string>();
  for (const edge of edges) {
    if (edge.vout === null) continue;
    for (const from of edge.from) {
      const [of, through] = direction === "forward" ? [idOf(edge), from] : [from, idOf(edge)];
      if (seeded.has(of)) continue;
      const known = before.get(of);
      if (known === undefined || isMore(dirty.get(through), dirty.get(known))) before.set(of, through);
    }
  }
  return (id) => {
    const way = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && !way.has(at); at = before.get(at)) way.add(at);
    return [...way].reverse();
  };
}

/** Decimal strings without leading zeros: the longer one is more. */
function isMore(a = "0", b = "0"): boolean {
  return a.length > b.length || (a.length === b.length && a > b);
}
