/** Orders texts by UTF-16 code unit: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The first `most` UTF-16 code units as a text of their own: a slice keeps the whole text in memory. */
export function detached(text: string, most: number): string {
  return text.length <= most ? text : Buffer.from(text.slice(0, most), "utf16le").toString("utf16le");
}
