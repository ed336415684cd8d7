import type { Candidates, ChangeRule, Spend } from "./rule.ts";

type Looks = Pick<ChangeRule, "candidates">;

/** Outputs that neither rule rules out. */
export function both(one: Looks, other: Looks): ChangeRule["candidates"] {
  return combined(one, other, (first, second) => [...first].filter((output) => second.has(output)));
}

/** Outputs that not both rules rule out. */
export function either(one: Looks, other: Looks): ChangeRule["candidates"] {
  return combined(one, other, (first, second) => [...first, ...second]);
}

/** Outputs that the first rule does not rule out, less those that the second would keep. */
export function without(one: Looks, other: Looks): ChangeRule["candidates"] {
  return combined(one, other, (first, second) => [...first].filter((output) => !second.has(output)));
}

/** What cannot be told of one cannot be told of the two. */
function combined(
  one: Looks,
  other: Looks,
  join: (first: ReadonlySet<number>, second: ReadonlySet<number>) => Iterable<number>,
): ChangeRule["candidates"] {
  return (spend: Spend): Candidates => {
    const first = one.candidates(spend);
    const second = other.candidates(spend);
    return first === null || second === null ? null : new Set(join(first, second));
  };
}
