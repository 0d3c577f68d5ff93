import { withoutTrailing } from "../trailing";

/** Every decimal of this many digits survives a double unchanged (IEEE 754 binary64), exponents aside. */
export const exactDigits = 15;

/**
 * Whether a JSON number literal means exactly what is written when its double is. `1.0`, `1e2` and `-0` do,
 * `12345678901234567890` and `1e400` do not.
 */
export function survivesAsDouble(literal: string, value: number): boolean {
  const shortest = String(value);
  return literal === shortest || (Number.isFinite(value) && decimalOf(literal) === decimalOf(shortest));
}

/** One spelling per decimal value: digits without zeros at either end, and the power of ten behind them. */
function decimalOf(literal: string): string {
  const [mantissa = "", exponent = "0"] = literal.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace(/^-/, "").split(".");
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const significant = withoutTrailing(digits, "0");
  if (significant === "") return "0";
  const power = Number(exponent) - fraction.length + (digits.length - significant.length);
  return `${literal.startsWith("-") ? "-" : ""}${significant}e${power}`;
}
