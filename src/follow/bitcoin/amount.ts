const SATS_PER_BTC = 100_000_000n;

/** "0.05 BTC": no digit more than it needs. */
export function btc(sats: bigint): string {
  const whole = sats / SATS_PER_BTC;
  const rest = String(sats % SATS_PER_BTC)
    .padStart(8, "0")
    .replace(/0+$/, "");
  return `${whole}${rest === "" ? "" : `.${rest}`} BTC`;
}

/** "1 input", "1,204 inputs". */
export function counted(count: number, noun: string): string {
  return `${String(count).replace(/\B(?=(?:\d{3})+$)/g, ",")} ${noun}${count === 1 ? "" : "s"}`;
}
