import { FanfareError, type FieldError } from "./fanfare-error";

/** The error that an answer tells: in tRPC's form, in that of REST for what is refused before, or in none. */
export function refusalIn(answer: { status: number; headers: Headers; body: unknown }): FanfareError {
  const { status, headers, body } = answer;
  const about = { retryAfterSeconds: secondsIn(headers), requestId: headers.get("x-request-id") };
  const told = toldIn(body);
  if (told) return new FanfareError(told.message, { httpStatus: status, ...about, ...told });
  const message = `The answer has status ${status} and is none of Fanfare's: is the url right?`;
  return new FanfareError(message, { code: "UNREADABLE", httpStatus: status, ...about });
}

/** The error that a message of tRPC tells. */
export function shapeRefusal(shape: unknown): FanfareError {
  const told = toldIn({ error: shape });
  return told
    ? new FanfareError(told.message, told)
    : new FanfareError("The stream ended with an error that cannot be read.", { code: "UNREADABLE" });
}

type Told = { message: string; code: string; httpStatus?: number; errors?: FieldError[] };

function toldIn(body: unknown): Told | null {
  const { error, code, errors } = (body ?? {}) as { error?: unknown; code?: unknown; errors?: FieldError[] };
  if (typeof error === "string" && typeof code === "string")
    return { message: error, code: code.toUpperCase(), ...(errors && { errors }) };
  const { message, data } = (error ?? {}) as { message?: unknown; data?: Omit<Told, "message"> };
  if (typeof message !== "string" || typeof data !== "object" || data === null) return null;
  const { code: word, httpStatus, errors: fields } = data;
  return { message, code: word, ...(httpStatus && { httpStatus }), ...(fields && { errors: fields }) };
}

function secondsIn(headers: Headers): number | null {
  const text = headers.get("retry-after");
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}
