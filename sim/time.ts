/** A repeated look that costs nothing while nothing happens: it comes due again only after a timer or an immediate ran. */
type Interval = { everyMs: number; run: () => void; dueAt: number | null };
type Timer = { at: number; run: () => void };

const realImmediate = setImmediate;

/**
 * Time of a simulated machine. `elapsedMs` never steps back, while the wall clock may jump. Timers run in order,
 * one at a time, and everything that a timer set off has come to rest before the next one.
 */
export class VirtualTime {
  elapsedMs = 0;
  private wallMs = Date.UTC(2026, 0, 1);
  private timers: Timer[] = [];
  private readonly intervals = new Set<Interval>();
  /** Immediates that wait for their turn. */
  private immediates = 0;

  /** Epoch milliseconds. */
  readonly clock = () => this.wallMs + this.elapsedMs;

  jumpWall(ms: number): void {
    this.wallMs += ms;
  }

  /** Lets `ms` pass, with all that is due meanwhile. */
  async pass(ms: number, isOver: () => boolean): Promise<void> {
    const end = this.elapsedMs + ms;
    await this.settled();
    for (let due = this.next(end); due && !isOver(); due = this.next(end)) {
      due();
      await this.settled();
    }
    this.elapsedMs = end;
  }

  /** Lets `ms` pass as a machine that sleeps: nothing runs meanwhile, and what was due runs late. */
  sleep(ms: number): void {
    this.elapsedMs += ms;
  }

  after(ms: number, run: () => void): Timer {
    const timer = { at: this.elapsedMs + Math.max(1, Math.trunc(ms) || 1), run };
    let place = this.timers.length;
    while (place > 0 && (this.timers[place - 1] as Timer).at > timer.at) place -= 1;
    this.timers.splice(place, 0, timer);
    return timer;
  }

  pause(ms: number): Promise<void> {
    return new Promise((done) => this.after(ms, done));
  }

  /** What runs next, up to `end`; time has then come to it. */
  private next(end: number): (() => void) | null {
    const timer = this.timers[0];
    let next: Interval | Timer | undefined = timer;
    let at = timer?.at ?? Number.POSITIVE_INFINITY;
    for (const interval of this.intervals) {
      if (interval.dueAt === null || interval.dueAt >= at) continue;
      at = interval.dueAt;
      next = interval;
    }
    if (next === undefined || at > end) return null;
    this.elapsedMs = Math.max(this.elapsedMs, at);
    if (next === timer) {
      this.timers.shift();
      this.armIntervals();
    } else {
      (next as Interval).dueAt = null;
    }
    return next.run;
  }

  private armIntervals(): void {
    for (const interval of this.intervals) interval.dueAt ??= this.elapsedMs + interval.everyMs;
  }

  /** After every promise that can go on has gone on, and every immediate: Node empties its microtasks before one. */
  private async settled(): Promise<void> {
    do await new Promise<void>((done) => realImmediate(done));
    while (this.immediates > 0);
  }

  /** Makes this the time of everything in this thread: engine and store use the global timers. */
  install(random: () => number): void {
    const replaced = {
      setTimeout: (run: () => void, ms: number) => this.after(ms, run),
      clearTimeout: (timer: Timer | undefined) => {
        this.timers = this.timers.filter((each) => each !== timer);
      },
      setInterval: (run: () => void, everyMs: number) => {
        const interval: Interval = { everyMs, run, dueAt: this.elapsedMs + everyMs };
        this.intervals.add(interval);
        return interval;
      },
      setImmediate: (run: (...args: unknown[]) => void, ...args: unknown[]) => {
        this.immediates += 1;
        return realImmediate(() => {
          this.immediates -= 1;
          this.armIntervals();
          run(...args);
        });
      },
      clearInterval: (interval: Interval | undefined) => interval && this.intervals.delete(interval),
    };
    Object.assign(globalThis, replaced);
    performance.now = () => this.elapsedMs;
    Math.random = random;
  }
}
