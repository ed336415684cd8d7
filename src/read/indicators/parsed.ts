import type { IndicatorKind } from "../../model/indicator.ts";

/** What one file of indicators holds, before its values are looked at. */
export interface Parsed {
  readonly found: {
    /** "any": the form of the value tells. */
    readonly kind: IndicatorKind | "any";
    readonly value: string;
    readonly says: string | null;
  }[];
  /** Entries of kinds that are not looked for, or in a form that cannot be. */
  passedOver: number;
}

/** Whether a value of JSON is an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text in an object; null when there is none, or an empty one. */
export function textIn(object: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return typeof value === "string" && value !== "" ? value : null;
}

/** A list in an object; empty when there is none. */
export function listIn(object: Readonly<Record<string, unknown>>, key: string): readonly unknown[] {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return Array.isArray(value) ? value : [];
}
