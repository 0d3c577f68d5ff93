import { createLimiter } from "./limiter";

const windowMs = 15 * 60_000;
/** Wrong passwords from one network: for one account, and for all accounts together. */
const perAccount = 10;
const perNetwork = 100;

/** Counts guesses at passwords. */
export type Guesses = {
  /** Counts one and answers 0, or counts nothing and answers how many milliseconds to wait. */
  take(network: string, account: string): number;
  /** Takes one back that was right, or that was not answered. */
  giveBack(network: string, account: string): void;
};

/**
 * Guesses are counted for the network and for the account as that network sees it: there is no lock on an
 * account that a stranger could close.
 */
export function createGuesses(clock: () => number): Guesses {
  const accounts = createLimiter({ limit: perAccount, windowMs, clock });
  const networks = createLimiter({ limit: perNetwork, windowMs, clock });
  const accountHere = (network: string, account: string) => `${network} ${account}`;
  return {
    take(network, account) {
      const accountWaitMs = accounts.take(accountHere(network, account));
      if (accountWaitMs > 0) return accountWaitMs;
      const networkWaitMs = networks.take(network);
      if (networkWaitMs > 0) accounts.giveBack(accountHere(network, account));
      return networkWaitMs;
    },
    giveBack(network, account) {
      accounts.giveBack(accountHere(network, account));
      networks.giveBack(network);
    },
  };
}
