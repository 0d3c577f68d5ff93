import type { ByteShare } from "@/domain/byte-budget";
import { ApiError, busy, tooLarge } from "@/domain/errors";
import type { Call } from "./call";

/**
 * A request's body. ApiError 413 as soon as it is known to be too large, before it is read where that is told, and
 * 503 when the caller, or all together, have too much under way: what comes in is taken out of `share`, which the
 * caller of this gives back. A stream that is not read to its end is left as it is: to cancel it would end the
 * connection, and the answer with it.
 */
export async function readBody(request: Call, maxBytes: number, share: ByteShare): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length")) > maxBytes) throw tooLargeBody(maxBytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const read = await reader?.read().catch(() => {
      throw new ApiError(400, "incomplete_body", "The body ended before it was complete.");
    });
    if (!read || read.done) return Buffer.concat(chunks);
    length += read.value.byteLength;
    if (length > maxBytes) throw tooLargeBody(maxBytes);
    if (!share.take(read.value.byteLength)) throw busy(tooMuchUnderWay);
    chunks.push(read.value);
  }
}

const tooLargeBody = (maxBytes: number) =>
  tooLarge(`The body is larger than ${maxBytes / 1024} KiB, which is the most for this call.`);

const tooMuchUnderWay = "Too many large requests are under way at once. Try again in a moment.";
