import { createLimiter } from "./limiter";

const windowMs = 15 * 60_000;
/** Wrong passwords from one network: for one account, and for all accounts together. */
const wrong = { perAccount: 10, perNetwork: 100 };
/** And all checks, the right ones too: each takes a tenth of a second of a processor, and may leave a session. */
const all = { perAccount: 60, perNetwork: 600 };

/** Counts guesses at passwords. */
export type Guesses = {
  /** Counts one and answers 0, or counts nothing and answers how many milliseconds to wait. */
  take(network: string, account: string): number;
  /** Takes one back that was right. */
  wasRight(network: string, account: string): void;
  /** Takes one back that was not answered. */
  giveBack(network: string, account: string): void;
};

/**
 * Guesses are counted for the network and for the account as that network sees it: there is no lock on an
 * account that a stranger could close.
 */
export function createGuesses(clock: () => number): Guesses {
  const wrongOnes = createCount(wrong, clock);
  const allOnes = createCount(all, clock);
  return {
    take(network, account) {
      const waitMs = wrongOnes.take(network, account);
      if (waitMs > 0) return waitMs;
      const checkWaitMs = allOnes.take(network, account);
      if (checkWaitMs > 0) wrongOnes.giveBack(network, account);
      return checkWaitMs;
    },
    wasRight: wrongOnes.giveBack,
    giveBack(network, account) {
      wrongOnes.giveBack(network, account);
      allOnes.giveBack(network, account);
    },
  };
}

function createCount({ perAccount, perNetwork }: typeof wrong, clock: () => number) {
  const accounts = createLimiter({ limit: perAccount, windowMs, clock });
  const networks = createLimiter({ limit: perNetwork, windowMs, clock });
  const accountHere = (network: string, account: string) => `${network} ${account}`;
  return {
    take(network: string, account: string): number {
      const accountWaitMs = accounts.take(accountHere(network, account));
      if (accountWaitMs > 0) return accountWaitMs;
      const networkWaitMs = networks.take(network);
      if (networkWaitMs > 0) accounts.giveBack(accountHere(network, account));
      return networkWaitMs;
    },
    giveBack(network: string, account: string): void {
      accounts.giveBack(accountHere(network, account));
      networks.giveBack(network);
    },
  };
}
