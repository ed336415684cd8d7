/** "1 share", "346 shares", "1,204 shares": a whole number and its noun. */
export function counted(count: number, noun: string): string {
  return `${thousands(String(count))} ${noun}${count === 1 ? "" : "s"}`;
}

/** Digits of a whole number, parted by thousands. */
export function thousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}
