/** What is wrong with a request that could not be verified. */
export type WebhookErrorCode =
  /** A header that signs is not there: the webhook has no secret, or somebody on the way took it off. */
  | "missing_header"
  /** A header that signs is not written as Fanfare writes it. */
  | "malformed_header"
  /** There is no secret to verify with: an environment variable that is not set, mostly. */
  | "missing_secret"
  /** A `whsec_` secret that is no base64: it was cut, or holds a blank. */
  | "malformed_secret"
  /** The body is empty: it was read before. */
  | "empty_body"
  /** The body was parsed and printed again, so its bytes are not those that were signed. */
  | "body_reserialised"
  /** Signed too long ago: sent again by somebody else, or the clock is wrong. */
  | "stale_timestamp"
  /** Signed in the future: the clock is wrong. */
  | "future_timestamp"
  /** The body is genuine, but `webhook-id` or `webhook-timestamp` is not what was signed with it. */
  | "altered_header"
  /** No secret fits: it is another webhook's or an old one, or the body was changed. */
  | "wrong_secret";

/** A request that is not to be trusted. Answer it with 401 or 400, and do nothing. */
export class WebhookError extends Error {
  readonly code: WebhookErrorCode;

  constructor(code: WebhookErrorCode, message: string) {
    super(message);
    this.name = "WebhookError";
    this.code = code;
  }
}
