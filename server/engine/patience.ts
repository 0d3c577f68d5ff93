/** How many receivers are remembered, and for how long: a restart ends connections too, and is over soon. */
const maxKnown = 512;
const rememberedMs = 10 * 60_000;

/** Who ends a connection so soon keeps none: how soon exactly is a matter of how busy both sides were. */
const noneBelowMs = 50;

type Known = { maxIdleMs: number; until: number };

/**
 * How long receivers were seen to keep idle connections, where that is less than ours are kept. One that is used as the
 * other side ends it costs a second request, which some receivers then have twice.
 */
export class Patience {
  /** In the order in which it was learnt. */
  private readonly known = new Map<string, Known>();

  /** A receiver ended a kept connection after that long: from now on they are kept for half of it, or not at all. */
  learn(receiver: string, seenMs: number): void {
    this.known.delete(receiver);
    const maxIdleMs = seenMs < noneBelowMs ? 0 : seenMs / 2;
    this.known.set(receiver, { maxIdleMs, until: performance.now() + rememberedMs });
    const [oldest] = this.known.size > maxKnown ? this.known.keys() : [];
    if (oldest !== undefined) this.known.delete(oldest);
  }

  /** For how long a connection to it may be kept, in milliseconds; null where nothing is known. */
  with(receiver: string): number | null {
    const known = this.known.get(receiver);
    return known && performance.now() < known.until ? known.maxIdleMs : null;
  }

  get isEmpty(): boolean {
    return this.known.size === 0;
  }
}
