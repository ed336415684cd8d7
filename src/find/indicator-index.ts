import type { Indicator, IndicatorKind } from "../model/indicator.ts";

/** A value in the evidence that an indicator may name. `kind` "name" is a host as text: a domain or address.
 *  */
export interface Candidate {
  readonly kind: Exclude<IndicatorKind, "domain" | "ip"> | "name";
  readonly value: string;
  readonly port: number | null;
}

/** Labels of a name that are looked up from the left. */
const MOST_LABELS = 20;

/** Indicators by kind and value. */
export class IndicatorIndex {
  readonly #byKey = new Map<string, Indicator[]>();

  constructor(indicators: readonly Indicator[]) {
    for (const indicator of indicators) {
      const key = `${indicator.kind} ${keyOf(indicator.kind, indicator.value)}`;
      const known = this.#byKey.get(key);
      if (known === undefined) this.#byKey.set(key, [indicator]);
      else known.push(indicator);
    }
  }

  /** Those that name one of these values, each once. A domain stands for the names under it; a port counts
   *  where both have one. */
  match({ candidates }: { readonly candidates: readonly Candidate[] }): Indicator[] {
    const found = new Set<Indicator>();
    for (const { kind, value, port } of candidates) {
      for (const key of kind === "name" ? namesOf(value) : [`${kind} ${keyOf(kind, value)}`]) {
        for (const one of this.#byKey.get(key) ?? []) {
          if (one.port === null || port === null || one.port === port) found.add(one);
        }
      }
    }
    return [...found];
  }
}

/** Ethereum addresses are one in any case of their digits. */
function keyOf(kind: IndicatorKind, value: string): string {
  return kind === "address" && /^0x/i.test(value) ? value.toLowerCase() : value;
}

function namesOf(host: string): string[] {
  const name = host.toLowerCase().replace(/\.$/, "");
  const labels = name.split(".", MOST_LABELS);
  const parents = labels.slice(0, -1).map((_, index) => `domain ${labels.slice(index).join(".")}`);
  return [`ip ${name}`, ...parents];
}
