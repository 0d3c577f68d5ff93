import { type ApiError, tooMany } from "@/domain/errors";
import type { Auth } from "./auth";
import { networkOf } from "./network";

const minuteMs = 60_000;

/**
 * Runs a check that answers null when the caller guessed wrong, and counts it: few wrong ones, and many in all.
 * Throws ApiError 429 when there were too many.
 */
export async function guardPassword<T>(
  { guesses, forwarders }: Pick<Auth, "guesses" | "forwarders">,
  headers: Headers,
  account: string,
  check: () => Promise<T | null>,
): Promise<T | null> {
  const network = networkOf(headers);
  // Counted before the check, else many at once would all pass.
  const waitMs = guesses.take(network, account);
  if (waitMs > 0) {
    forwarders.limited(headers, "passwords");
    throw tooManyGuesses(waitMs);
  }
  try {
    const result = await check();
    if (result !== null) guesses.wasRight(network, account);
    return result;
  } catch (error) {
    guesses.giveBack(network, account);
    throw error;
  }
}

function tooManyGuesses(waitMs: number): ApiError {
  const minutes = Math.ceil(waitMs / minuteMs);
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  return tooMany(`There were too many attempts from here. Try again in ${wait}.`, Math.ceil(waitMs / 1000));
}
