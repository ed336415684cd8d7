import type { Case } from "../model/case.ts";
import type { CaseTag } from "../model/follow-case.ts";
import type { Reached } from "./reached.ts";
import { cut } from "./visible.ts";

/** What of services' coins rests on tags that others contradict or that are to be doubted. */
export interface Doubts {
  readonly sats: bigint;
  /** "“Huobi” (Exchange addresses) is contradicted by “Binance” (Blog)", each once. */
  readonly says: readonly string[];
}

/** Doubts of the services among the ends of a trace. */
export function doubtsOf({ tags }: Pick<Case, "tags">, ends: readonly Reached[]): Doubts {
  const doubted = new Map<string, CaseTag[]>();
  for (const tag of tags) {
    if (tag.conflicts.length === 0 && tag.caution === null) continue;
    doubted.set(tag.address, [...(doubted.get(tag.address) ?? []), tag]);
  }
  const byId = new Map(tags.map((tag) => [tag.id, tag]));
  const met = ends.flatMap(({ kind, outputs, service }) =>
    kind !== "service"
      ? []
      : outputs.flatMap(({ address, dirtySats }) => {
          const of = doubted.get(address ?? "") ?? [];
          return of.length === 0 ? [] : [{ sats: BigInt(dirtySats), of, service }];
        }),
  );
  const says = met.flatMap(({ of, service }) => {
    // Of tags that contradict each other the one is told by whose name the service goes.
    const [tag] = [...of.filter(({ label }) => label === service), ...of];
    return tag === undefined ? [] : doubtSays(tag, byId);
  });
  return { sats: met.reduce((sum, { sats }) => sum + sats, 0n), says: [...new Set(says)] };
}

const nameOf = ({ label, list }: CaseTag): string => `“${cut(label, 60)}” (${cut(list, 60)})`;

function doubtSays(tag: CaseTag, byId: ReadonlyMap<string, CaseTag>): readonly string[] {
  const others = [...new Set(tag.conflicts.flatMap((id) => byId.get(id) ?? []).map(nameOf))];
  const more = others.length > 2 ? ` and ${others.length - 2} more` : "";
  return [
    ...(others.length === 0
      ? []
      : [`${nameOf(tag)} is contradicted by ${others.slice(0, 2).join(", ")}${more}`]),
    ...(tag.caution === null ? [] : [`${nameOf(tag)} is to be doubted: ${cut(tag.caution, 160)}`]),
  ];
}
