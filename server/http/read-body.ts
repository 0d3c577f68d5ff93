import type { ByteShare } from "@/domain/byte-budget";
import { ApiError, busy, tooLarge } from "@/domain/errors";
import type { Call } from "./call";

/**
 * A request's body. ApiError 413 as soon as it is known to be too large, before it is read where that is told, 400
 * when it ends early, and 503 when the caller, or all together, have too much under way: what comes in is taken
 * out of `share`, which the caller of this gives back.
 */
export async function readBody(call: Call, maxBytes: number, share: ByteShare): Promise<Uint8Array> {
  if (Number(call.headers.get("content-length")) > maxBytes) throw tooLargeBody(maxBytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const take = (chunk: Uint8Array) => {
    length += chunk.byteLength;
    if (length > maxBytes) throw tooLargeBody(maxBytes);
    if (!share.take(chunk.byteLength)) throw busy(tooMuchUnderWay);
    chunks.push(chunk);
  };
  await call.eachChunk(take).catch((error) => {
    throw error instanceof ApiError ? error : endedEarly();
  });
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

const endedEarly = () => new ApiError(400, "incomplete_body", "The body ended before it was complete.");

const tooLargeBody = (maxBytes: number) =>
  tooLarge(`The body is larger than ${maxBytes / 1024} KiB, which is the most for this call.`);

const tooMuchUnderWay = "Too many large requests are under way at once. Try again in a moment.";
