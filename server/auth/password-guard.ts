import { tooMany } from "@/server/domain/errors";
import { createLimiter } from "./limiter";
import { networkOf } from "./network";

const minuteMs = 60_000;
const windowMs = 15 * minuteMs;
/** Wrong passwords from one network: for one account, and for all accounts together. */
const perAccount = 10;
const perNetwork = 100;

/**
 * Runs a check that answers null when the caller guessed wrong. Wrong guesses are counted for the network and
 * for the account as that network sees it: there is no lock on an account that a stranger could close. Throws
 * ApiError 429 when there were too many.
 */
export type PasswordGuard = <T>(
  headers: Headers,
  account: string,
  check: () => Promise<T | null>,
) => Promise<T | null>;

export function createPasswordGuard(clock: () => number): PasswordGuard {
  const accounts = createLimiter({ limit: perAccount, windowMs, clock });
  const networks = createLimiter({ limit: perNetwork, windowMs, clock });

  return async (headers, account, check) => {
    const network = networkOf(headers);
    const accountHere = `${network} ${account}`;
    // Counted before the check, else many at once would all pass.
    refuse(accounts.take(accountHere));
    const waitMs = networks.take(network);
    if (waitMs > 0) accounts.giveBack(accountHere);
    refuse(waitMs);
    let isWrong = false;
    try {
      const result = await check();
      isWrong = result === null;
      return result;
    } finally {
      if (!isWrong) {
        accounts.giveBack(accountHere);
        networks.giveBack(network);
      }
    }
  };
}

function refuse(waitMs: number): void {
  if (waitMs === 0) return;
  const minutes = Math.ceil(waitMs / minuteMs);
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  throw tooMany(
    `There were too many wrong attempts from here. Try again in ${wait}.`,
    Math.ceil(waitMs / 1000),
  );
}
