import { randomBytes } from "node:crypto";

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
      counter = randomBytes(2).readUInt16BE() >> 5; // the upper bit stays free for counting
    } else if (counter === counterMax) {
      lastMs += 1;
      counter = 0;
    } else {
      counter += 1;
    }
    return format(lastMs, counter);
  };
}

function format(ms: number, counter: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
