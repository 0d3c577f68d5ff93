import { tooMany } from "@/domain/errors";
import { exportLimits } from "@/domain/limits";

/** Exports that are being written, by customer. */
const underWay = new Map<string, number>();
const retrySeconds = 10;

/** Takes a place of a customer; the function that comes back gives it up. Throws ApiError 429 when none is free. */
export function takePlace(customerId: string): () => void {
  const own = underWay.get(customerId) ?? 0;
  const all = [...underWay.values()].reduce((sum, count) => sum + count, 0);
  if (own >= exportLimits.ofCustomer || all >= exportLimits.ofProcess) {
    throw tooMany("Other exports are being written. Try again when one of them is done.", retrySeconds);
  }
  underWay.set(customerId, own + 1);
  let isTaken = true;
  return () => {
    if (!isTaken) return;
    isTaken = false;
    const left = (underWay.get(customerId) ?? 1) - 1;
    if (left === 0) underWay.delete(customerId);
    else underWay.set(customerId, left);
  };
}
