const DECIMAL = /^(-?)(\d{1,60})(?:\.(\d{1,60}))?(?:[eE]([+-]?\d{1,3}))?$/;
const MAX_CHARS = 130;

/** A decimal number in whole units of 10^-places, exactly.
 *
 *  Shape: digits, at most one point, an optional exponent; `scaled("1.5", 3)` is 1500n.
 *  Errors: none; null for what is no such number, or has a digit other than 0 behind the last place.
 */
export function scaled(text: string, places: number): bigint | null {
  const match = text.length <= MAX_CHARS ? DECIMAL.exec(text) : null;
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const shift = places + Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  if (digits === 0n) return 0n;
  const units = shift >= 0 ? digits * 10n ** BigInt(shift) : cut(digits, -shift);
  return sign === "-" && units !== null ? -units : units;
}

function cut(digits: bigint, places: number): bigint | null {
  const unit = 10n ** BigInt(places);
  return digits % unit === 0n ? digits / unit : null;
}

/** Units of 10^-places as a decimal without zeros at its end: `unscaled(1500n, 3)` is "1.5". */
export function unscaled(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}
