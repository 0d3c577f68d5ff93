/** What is read of a request's headers. */
export type CallHeaders = Pick<Headers, "get" | "has" | "entries">;

/**
 * What is read of a request, be it the web's (`web-call.ts`) or Node's (`node-call.ts`), which is not made the
 * web's first: its streams and signals would take longer than most calls.
 */
export type Call = {
  readonly method: string;
  /** A whole address, of which path and query count. */
  readonly url: string;
  readonly headers: CallHeaders;
  /**
   * Reads the body. Rejects when it ends too early, and with what `take` throws: what is unread then stays so,
   * because to end the body would be to end the connection, and the answer with it.
   */
  readonly eachChunk: (take: (chunk: Uint8Array) => void) => Promise<void>;
  /** Aborted once nobody waits for the answer any more. */
  readonly signal: AbortSignal;
};
