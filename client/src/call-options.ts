/** What every call takes besides its input. */
export type CallOptions = {
  /** An `AbortController`'s signal: ends the call, its waits and its retries. */
  signal?: CancelSignal | undefined;
};

/** What is used of an `AbortSignal`, so that these types ask for no library of a browser or of Node. */
export type CancelSignal = {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
};
