/**
 * The one deadline of an attempt: it runs from its creation over every phase, on the monotonic clock, and ends
 * early when the caller aborts. `clear` must be called in the end.
 */
export class Deadline {
  private readonly start = performance.now();
  private readonly timer: NodeJS.Timeout;
  private listener: (() => void) | null = null;
  isOver = false;

  constructor(
    readonly totalMs: number,
    private readonly caller: AbortSignal | undefined,
  ) {
    this.timer = setTimeout(this.end, totalMs);
    caller?.addEventListener("abort", this.end);
  }

  elapsedMs(): number {
    return performance.now() - this.start;
  }

  /** Calls back when the time is over; there is one listener at a time. */
  whenOver(listener: (() => void) | null): void {
    if (this.isOver) listener?.();
    else this.listener = listener;
  }

  clear(): void {
    clearTimeout(this.timer);
    this.caller?.removeEventListener("abort", this.end);
    this.listener = null;
  }

  private readonly end = () => {
    this.isOver = true;
    const { listener } = this;
    this.clear();
    listener?.();
  };
}
