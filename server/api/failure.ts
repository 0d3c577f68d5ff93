import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { ApiError, badInput, callerLeft, notFound, storeAway } from "@/domain/errors";
import { isStoreAway } from "@/domain/store-away";
import { fieldErrors } from "@/server/http/field-errors";

/** What is behind what a procedure threw: a refusal, or what broke. */
export const causeOf = (error: unknown): unknown => refusalOf(error) ?? faultIn(error);

/** The refusal behind what a procedure threw; null when it is a fault of ours. */
export function refusalOf(error: unknown): ApiError | null {
  if (error instanceof ApiError) return error;
  if (isStoreAway(error)) return storeAway();
  if (error instanceof DOMException && error.name === "AbortError") return callerLeft();
  if (!(error instanceof TRPCError)) return null;
  const { code, cause } = error;
  // Answers are checked by zod too, and one that is wrong is no fault of the caller's.
  if (cause instanceof z.ZodError) return code === "BAD_REQUEST" ? inputRefusal(cause.issues) : null;
  return refusalOf(cause);
}

/** The same as tRPC says it: a refusal by its status, anything else as a fault of ours. */
export function toTrpcError(error: unknown): TRPCError {
  const refusal = refusalOf(error);
  if (refusal) {
    return new TRPCError({ code: trpcCode(refusal.status), message: refusal.message, cause: refusal });
  }
  // A check that broke counts as bad input for tRPC.
  const isTold = error instanceof TRPCError && error.cause === undefined;
  return isTold ? error : new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: faultIn(error) });
}

/** Whether tRPC answers an error as a fault of ours. */
export const isFault = (error: TRPCError) => error.code === "INTERNAL_SERVER_ERROR";

/** What is wrong with an input, as a refusal. */
export function inputRefusal(issues: z.core.$ZodIssue[]): ApiError {
  for (const issue of issues) {
    if (issue.code === "custom" && typeof issue.params?.notFound === "string") {
      return notFound(issue.params.notFound);
    }
  }
  return badInput(fieldErrors(issues));
}

function trpcCode(status: number): TRPCError["code"] {
  switch (status) {
    case 400:
      return "BAD_REQUEST";
    case 401:
      return "UNAUTHORIZED";
    case 403:
      return "FORBIDDEN";
    case 404:
      return "NOT_FOUND";
    case 405:
      return "METHOD_NOT_SUPPORTED";
    case 409:
      return "CONFLICT";
    case 413:
      return "PAYLOAD_TOO_LARGE";
    case 415:
      return "UNSUPPORTED_MEDIA_TYPE";
    case 499:
      return "CLIENT_CLOSED_REQUEST";
    case 429:
      return "TOO_MANY_REQUESTS";
    case 503:
      return "SERVICE_UNAVAILABLE";
    default:
      return "INTERNAL_SERVER_ERROR";
  }
}

/** What broke, out of what tRPC wraps around it. */
const faultIn = (error: unknown) => (error instanceof TRPCError ? (error.cause ?? error) : error);
