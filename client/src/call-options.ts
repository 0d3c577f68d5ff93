/** What every call takes besides its input. */
export type CallOptions = {
  /** An `AbortController`'s signal: ends the call, its waits and its retries. */
  signal?: CancelSignal | undefined;
};

/** What a call takes that is made once under a key, however often it is asked for. */
export type RepeatableOptions = CallOptions & {
  /**
   * Up to 255 printable characters; names what is made for 24 hours, also to another process or after a crash. One that
   * the client makes, for its own retries, when absent.
   */
  idempotencyKey?: string | undefined;
};

/** What is used of an `AbortSignal`, so that these types ask for no library of a browser or of Node. */
export type CancelSignal = {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
};
