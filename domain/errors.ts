import { answerLimits } from "./limits";

/** One bad field: where it is, as an array of keys, and what is wrong with it. */
export type FieldError = { path: (string | number)[]; message: string; code: string };

/**
 * A refusal that the caller can act on. REST and tRPC answer it with the same status, sentence and field
 * errors; anything else that is thrown is a fault of ours and answers 500.
 */
export class ApiError extends Error {
  readonly errors: FieldError[] | undefined;
  readonly headers: Record<string, string>;

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    details: { errors?: FieldError[]; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.errors = details.errors;
    this.headers = details.headers ?? {};
  }
}

export const maxFieldErrors = answerLimits.fieldErrors;

/** Bad fields, of which the first are listed and the rest counted. `isAll` is false when nobody looked for more. */
export const badInput = (errors: FieldError[], isAll = true) =>
  new ApiError(400, "bad_input", inputSentence(errors, isAll), { errors: errors.slice(0, maxFieldErrors) });

export const unauthorized = () =>
  new ApiError(
    401,
    "unauthorized",
    "This needs a valid API key in the header X-API-KEY, or at /mcp as a bearer token in Authorization.",
  );

export const keyExpired = (expiresAt: number) =>
  new ApiError(
    401,
    "key_expired",
    `This API key came to its end at ${new Date(expiresAt).toISOString()}. Use another one, or have one made.`,
  );

export const forbidden = (message: string) => new ApiError(403, "forbidden", message);

/** Unknown, malformed, or another customer's: the answer is the same, so that nobody can tell which. */
export const notFound = (noun: string, errors?: FieldError[]) =>
  new ApiError(404, "not_found", `There is no such ${noun}.`, { errors });

export const methodNotAllowed = (allow: string) =>
  new ApiError(405, "method_not_allowed", `This path answers ${allow}.`, { headers: { allow } });

export const conflict = (code: string, message: string, errors?: FieldError[]) =>
  new ApiError(409, code, message, { errors });

export const tooLarge = (message: string, errors?: FieldError[]) =>
  new ApiError(413, "too_large", message, { errors });

export const notJson = () =>
  new ApiError(
    415,
    "not_json",
    "The body must be JSON in UTF-8 as it is, with Content-Type: application/json and no Content-Encoding.",
  );

export const tooMany = (message: string, retryAfterSeconds: number) =>
  new ApiError(429, "too_many_requests", message, { headers: { "retry-after": String(retryAfterSeconds) } });

/** Nobody reads this answer any more; 499 is how tRPC and nginx name it. */
export const callerLeft = () => new ApiError(499, "caller_left", "The caller left before the answer.");

export const unavailable = (message: string) => new ApiError(503, "unavailable", message);

/** Too much is under way for one more: it is worth trying again in a moment. */
export const busy = (message: string) =>
  new ApiError(503, "busy", message, { headers: { "retry-after": String(retrySeconds) } });

/** The store is away: nothing is wrong with what was asked, and asking again is safe where the answer says so. */
export const storeAway = () =>
  new ApiError(503, "unavailable", "The database cannot be reached at the moment. Try again in a moment.", {
    headers: { "retry-after": String(retrySeconds) },
  });

const retrySeconds = 2;

/** What people read when something broke here. The log knows the rest under the same id. */
export const fault = (requestId: string) =>
  new ApiError(500, "internal", `Something broke on our side. Please tell us the request id ${requestId}.`);

function inputSentence(errors: FieldError[], isAll: boolean): string {
  const [first] = errors;
  if (!first) return "The input is not valid.";
  const where = first.path.length > 0 ? `${first.path.join(".")}: ` : "";
  const listed = errors.length > maxFieldErrors ? `, of which ${maxFieldErrors - 1} are listed` : "";
  const more = ` (and ${isAll ? "" : "at least "}${errors.length - 1} more${listed})`;
  return `${where}${first.message}${errors.length > 1 ? more : ""}`;
}
