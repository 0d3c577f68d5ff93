import type { Call } from "./call";

/** A request of the web's kind as a call. */
export function webCall(request: Request): Call {
  const { method, url, headers, signal } = request;
  return { method, url, headers, signal, eachChunk: (take) => eachChunk(request, take) };
}

async function eachChunk({ body }: Request, take: (chunk: Uint8Array) => void): Promise<void> {
  const reader = body?.getReader();
  for (;;) {
    const read = await reader?.read();
    if (!read || read.done) return;
    take(read.value);
  }
}
