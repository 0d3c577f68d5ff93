import { responseLimits } from "@/domain/limits";

const maxBytes = responseLimits.bodyBytes;
const nothing = new Uint8Array(0);

/** What bytes did to a body. `cut`: it is longer than what is kept of one, or not valid. */
export type Progress = "more" | "complete" | "cut";

/** The first bytes of a body, copied together: chunks may be small parts of large buffers, or thousands. */
export class KeptBody {
  private bytes = nothing;
  private length = 0;

  /** False when the chunk brings more than is kept. */
  add(chunk: Uint8Array): boolean {
    const kept = chunk.subarray(0, maxBytes - this.length);
    const needed = this.length + kept.length;
    if (needed > this.bytes.length) this.grow(needed);
    this.bytes.set(kept, this.length);
    this.length = needed;
    return kept.length === chunk.length;
  }

  take(): Uint8Array {
    return this.length === this.bytes.length ? this.bytes : this.bytes.slice(0, this.length);
  }

  /** The first time to the very size, for most bodies are one chunk. */
  private grow(needed: number): void {
    const grown = new Uint8Array(Math.min(Math.max(needed, this.length * 2), maxBytes));
    grown.set(this.bytes);
    this.bytes = grown;
  }
}
