import { tooMany } from "@/server/domain/errors";
import type { Auth } from "./auth";
import { networkOf } from "./network";

const minuteMs = 60_000;

/**
 * Runs a check that answers null when the caller guessed wrong, and counts it: few wrong ones, and many in all.
 * Throws ApiError 429 when there were too many.
 */
export async function guardPassword<T>(
  { guesses }: Pick<Auth, "guesses">,
  headers: Headers,
  account: string,
  check: () => Promise<T | null>,
): Promise<T | null> {
  const network = networkOf(headers);
  // Counted before the check, else many at once would all pass.
  refuse(guesses.take(network, account));
  try {
    const result = await check();
    if (result !== null) guesses.wasRight(network, account);
    return result;
  } catch (error) {
    guesses.giveBack(network, account);
    throw error;
  }
}

function refuse(waitMs: number): void {
  if (waitMs === 0) return;
  const minutes = Math.ceil(waitMs / minuteMs);
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  throw tooMany(`There were too many attempts from here. Try again in ${wait}.`, Math.ceil(waitMs / 1000));
}
