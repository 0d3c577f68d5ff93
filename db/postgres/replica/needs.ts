import type { Point } from "./progress";

/**
 * What somebody has seen of a customer, and must go on seeing: all that the primary had when `note` was called. The
 * primary is asked once for all who were noted meanwhile.
 */
export function createNeeds(askPrimary: () => Promise<Point>) {
  const unasked = new Map<string, number>();
  const needs = new Map<string, Point>();
  let notes = 0;
  let asking: Promise<void> | null = null;

  return {
    note(customerId: string): void {
      notes += 1;
      unasked.set(customerId, notes);
      asking ??= ask();
      asking.catch(() => {}); // whoever reads next asks again
    },
    /** Undefined when there is no such thing. Throws when the primary cannot be asked. */
    async of(customerId: string): Promise<Point | undefined> {
      while (unasked.has(customerId)) {
        asking ??= ask();
        await asking;
      }
      return needs.get(customerId);
    },
    /** Forgets what everybody has seen who sees anything of after that time. */
    prune(before: number): void {
      for (const [customerId, { at }] of needs) if (at < before) needs.delete(customerId);
    },
  };

  async function ask(): Promise<void> {
    const asked = [...unasked];
    try {
      const point = await askPrimary();
      for (const [customerId, note] of asked) {
        needs.set(customerId, point);
        if (unasked.get(customerId) === note) unasked.delete(customerId);
      }
    } finally {
      asking = null;
    }
  }
}
