/** One field that was refused. */
export type FieldError = { path: Array<string | number>; message: string; code: string };

/** A call that was refused, or that could not be made. */
export class FanfareError extends Error {
  /**
   * tRPC's word for a refusal, such as `BAD_REQUEST` or `NOT_FOUND`; `NETWORK` when no answer came, and `UNREADABLE`
   * when what answered is not Fanfare.
   */
  readonly code: string;
  /** The status of the answer; null when none came. */
  readonly httpStatus: number | null;
  /** Every bad field, when the input was refused. */
  readonly errors: FieldError[];
  /** When Fanfare asked to come again, in seconds; null when it did not. */
  readonly retryAfterSeconds: number | null;
  /** Under which the log of Fanfare has this call; null when no answer came. */
  readonly requestId: string | null;

  constructor(
    message: string,
    told: {
      code: string;
      httpStatus?: number;
      errors?: FieldError[];
      retryAfterSeconds?: number | null;
      requestId?: string | null;
      cause?: unknown;
    },
  ) {
    super(message, { cause: told.cause });
    this.name = "FanfareError";
    this.code = told.code;
    this.httpStatus = told.httpStatus ?? null;
    this.errors = told.errors ?? [];
    this.retryAfterSeconds = told.retryAfterSeconds ?? null;
    this.requestId = told.requestId ?? null;
  }
}
