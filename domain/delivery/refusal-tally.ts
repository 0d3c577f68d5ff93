import { refusesContent } from "./refusal";

/** A part of what failed that was refused with one status, and the event of the first that was added. */
export type RefusedPart = { statusCode: number; count: number; oldestEventId: string };

/** Counts, of deliveries that failed, what was refused for its content, by status. Add the oldest first. */
export class RefusalTally {
  private readonly parts = new Map<number, RefusedPart>();

  add(failed: { statusCode: number | null; eventId: string }[]): void {
    for (const { statusCode, eventId } of failed) {
      if (statusCode === null || !refusesContent(statusCode)) continue;
      const part = this.parts.get(statusCode);
      if (part) part.count += 1;
      else this.parts.set(statusCode, { statusCode, count: 1, oldestEventId: eventId });
    }
  }

  /** The largest part; null when nothing was refused. */
  get most(): RefusedPart | null {
    return [...this.parts.values()].sort((a, b) => b.count - a.count)[0] ?? null;
  }
}
