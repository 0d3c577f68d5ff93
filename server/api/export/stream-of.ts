/** Asks for the next part once the one before was taken; ends the work when nobody takes it any more. */
export function streamOf(parts: AsyncGenerator<string>, release: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { value, done } = await parts.next();
          if (!done) return controller.enqueue(encoder.encode(value));
          release();
          controller.close();
        } catch (error) {
          release();
          throw error;
        }
      },
      async cancel() {
        release();
        await parts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
