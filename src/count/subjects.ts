import { compareText } from "../bytes/text.ts";
import type { CountedSession } from "../model/facts.ts";
import type { Login } from "../model/record.ts";
import type { Valuation } from "../model/valuation.ts";

export type SubjectKind = Valuation["about"]["kind"];

/** Whom work is valued for, in the order of the case. */
export const SUBJECT_KINDS: readonly SubjectKind[] = [
  "case",
  "host",
  "wallet",
  "account",
  "worker",
  "session",
];

/** Subjects of a kind that are valued one by one, those with most work first. A valuation carries every day,
 *  so a proxy's ten thousand workers would make most of a case; the sums hold them all. */
export const MAX_SUBJECTS = 300;

export interface SubjectName {
  readonly kind: SubjectKind;
  readonly id: string;
}

/** Whom each login of a session stands for:
 *  lists of names by index of the login, the last for no login at all. */
export function namesOf({ session }: CountedSession): readonly (readonly SubjectName[])[] {
  const always: readonly SubjectName[] = [
    { kind: "case", id: "case" },
    { kind: "host", id: session.client.ip },
    { kind: "session", id: session.id },
  ];
  return [...session.logins.map((login) => [...always, ...payeesOf(login)]), always];
}

/** Whom a login works for: its wallet or account, and its worker as `payee/worker`. */
export function payeesOf({ wallet, account, worker }: Login) {
  const payee = wallet?.address ?? account;
  return [
    ...(wallet === null ? [] : [{ kind: "wallet", id: wallet.address } as const]),
    ...(account === null ? [] : [{ kind: "account", id: account } as const]),
    ...(payee === null || worker === null ? [] : [{ kind: "worker", id: `${payee}/${worker}` } as const]),
  ];
}

/** Which subjects are valued one by one, and how many of each kind are not. */
export function chosen(counted: readonly CountedSession[]): {
  readonly has: (name: SubjectName) => boolean;
  readonly leftOut: ReadonlyMap<SubjectKind, number>;
} {
  const works = new Map<SubjectKind, Map<string, number>>();
  for (const one of counted) {
    const names = new Map(namesOf(one).flatMap((list) => list.map((name) => [keyOf(name), name])));
    for (const { kind, id } of names.values()) {
      const ofKind = works.get(kind) ?? new Map<string, number>();
      ofKind.set(id, (ofKind.get(id) ?? 0) + (one.work?.high ?? 0));
      works.set(kind, ofKind);
    }
  }
  const kept = new Set<string>();
  const leftOut = new Map<SubjectKind, number>();
  for (const [kind, ofKind] of works) {
    const ranked = [...ofKind].sort(([a, x], [b, y]) => y - x || compareText(a, b));
    for (const [id] of ranked.slice(0, MAX_SUBJECTS)) kept.add(keyOf({ kind, id }));
    if (ranked.length > MAX_SUBJECTS) leftOut.set(kind, ranked.length - MAX_SUBJECTS);
  }
  return { has: (name) => kept.has(keyOf(name)), leftOut };
}

function keyOf({ kind, id }: SubjectName): string {
  return `${kind} ${id}`;
}
