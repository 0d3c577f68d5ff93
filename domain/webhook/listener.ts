import { listenerLimits } from "../limits";

/**
 * A listener: a webhook without a URL on the network. No worker sends to it; a program takes what is for it and forwards
 * that to where it runs, such as a developer's own machine. What waits stays until it is taken.
 */
export type Listener = {
  /** By which the program finds it again. */
  name: string;
  /** Where the program that listens sends what it takes. */
  forwardsTo: string;
  /** When that program was last heard of, in epoch milliseconds. */
  heardAt: number;
};

/** What stands in place of a URL. No request goes there. */
export const listenerUrl = (name: string) => `fanfare-listen://${name}`;

/** Whether nobody takes its events: a program that listens asks again and again. */
export const isAway = (heardAt: number, now: number) => now - heardAt > listenerLimits.awayMs;

/** When it is deleted if nobody comes back to it, in epoch milliseconds. */
export const listenerExpiry = ({ heardAt }: Pick<Listener, "heardAt">) => heardAt + listenerLimits.keptMs;
