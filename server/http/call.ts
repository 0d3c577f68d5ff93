/** What is read of a request's headers. */
export type CallHeaders = Pick<Headers, "get" | "has" | "entries">;

/**
 * What is read of a request. The web's `Request` is one; what comes to Node's server is made one without it
 * (`node-call.ts`), because the web's streams and signals would take longer than most calls.
 */
export type Call = {
  readonly method: string;
  /** A whole address, of which path and query count. */
  readonly url: string;
  readonly headers: CallHeaders;
  readonly body: { getReader(): CallBody } | null;
  /** Aborted once nobody waits for the answer any more. */
  readonly signal: AbortSignal;
};

/** Reads a body piece by piece. One that is not read to its end is left as it is. */
export type CallBody = { read(): Promise<{ done?: false; value: Uint8Array } | { done: true }> };
