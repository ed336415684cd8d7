/** Every key of a type; the compiler refuses a list that lacks one or has one too many. */
export function keys<T>(all: Readonly<Record<keyof T & string, 1>>): string[] {
  return Object.keys(all).sort();
}
