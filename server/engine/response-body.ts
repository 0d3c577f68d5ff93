import { Chunks } from "./chunks";
import { KeptBody, type Progress } from "./kept-body";
import type { ResponseHead } from "./response-head";

/** Reads the body of an answer as its bytes come in, and keeps as much of it as the contract says. */
export class BodyReader {
  private readonly kept = new KeptBody();
  private readonly chunks: Chunks | null;
  private left: number;
  /** Bytes came in behind the body: nobody asked for them. */
  hasMore = false;

  constructor(private readonly head: Pick<ResponseHead, "status" | "body">) {
    this.chunks = head.body === "chunked" ? new Chunks(this.kept) : null;
    this.left = typeof head.body === "number" ? head.body : Number.POSITIVE_INFINITY;
  }

  read(bytes: Buffer): Progress {
    if (isBodiless(this.head.status)) return this.endAt(0, bytes, this.head.body === 0 ? "complete" : "cut");
    if (this.chunks) return this.readChunks(this.chunks, bytes);
    const mine = bytes.length > this.left ? bytes.subarray(0, this.left) : bytes;
    this.left -= mine.length;
    if (!this.kept.add(mine)) return "cut";
    return this.left > 0 ? "more" : this.endAt(mine.length, bytes, "complete");
  }

  /** The other side says that nothing more comes. */
  end(): Progress {
    return this.head.body === "until closed" ? "complete" : "cut";
  }

  take(): Uint8Array {
    return this.kept.take();
  }

  private readChunks(chunks: Chunks, bytes: Buffer): Progress {
    const progress = chunks.read(bytes);
    return progress === "complete" ? this.endAt(chunks.place, bytes, progress) : progress;
  }

  private endAt(place: number, bytes: Buffer, progress: Progress): Progress {
    this.hasMore = place < bytes.length;
    return progress;
  }
}

/** RFC 9112 §6.3: whatever its headers say. A length that they tell all the same leaves open what follows. */
const isBodiless = (status: number) => status === 204 || status === 304;
