import { randomUUID } from "node:crypto";

/** RFC 9562: 12 bits behind the milliseconds, used as a counter (its method 1). */
const counterMax = 0xfff;

/**
 * Makes a generator of UUIDv7: each id sorts after the one before it, also within a millisecond and when the
 * clock steps back. `clock` gives epoch milliseconds.
 */
export function createIds(clock: () => number): () => string {
  let lastMs = 0;
  let counter = 0;
  return () => {
    const nowMs = Math.floor(clock());
    if (nowMs > lastMs) {
      lastMs = nowMs;
      counter = Number.parseInt(randomUUID().slice(0, 3), 16) >> 1; // the upper bit stays free for counting
    } else if (counter === counterMax) {
      lastMs += 1;
      counter = 0;
    } else {
      counter += 1;
    }
    return format(lastMs, counter);
  };
}

/** The second half of a version 4 is what a version 7 has there, variant and random bits, and Node makes many at once. */
function format(ms: number, counter: number): string {
  const time = ms.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, "0")}-${randomUUID().slice(19)}`;
}
