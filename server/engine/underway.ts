/**
 * What is under way at a time. Not a Set or Map: of one that much passes through, V8 leaves old tables behind, and
 * what stood in them then stays in memory until the next full collection, which made half of the work of cleaning up.
 */
export class Underway<T extends { place: number }> {
  private readonly all: T[] = [];
  private onEmpty: (() => void)[] = [];

  get size(): number {
    return this.all.length;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.all.values();
  }

  /** `place` is this object's own to set. */
  add(one: T): void {
    one.place = this.all.push(one) - 1;
  }

  /** Must have been added, and once: the last one takes its place. */
  remove(one: T): void {
    const last = this.all.pop();
    if (last && last !== one) {
      last.place = one.place;
      this.all[one.place] = last;
    }
    if (this.all.length > 0) return;
    for (const tell of this.onEmpty.splice(0)) tell();
  }

  /** Resolves once nothing is under way. */
  async whenEmpty(): Promise<void> {
    if (this.all.length > 0) await new Promise<void>((tell) => this.onEmpty.push(tell));
  }
}
