import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { ApiError, badInput, callerLeft, type FieldError, notFound } from "@/server/domain/errors";
import type { Context } from "./context";
import { inWords } from "./field-words";

/** The refusal behind what a procedure threw; null when it is a fault of ours. */
export function refusalOf(error: unknown): ApiError | null {
  if (error instanceof ApiError) return error;
  if (error instanceof z.ZodError) return inputRefusal(error.issues);
  if (error instanceof TRPCError) return refusalOf(error.cause);
  if (error instanceof DOMException && error.name === "AbortError") return callerLeft();
  return null;
}

/** The same refusal as tRPC says it. Faults of ours pass unchanged. */
export function toTrpcError(error: unknown): unknown {
  const refusal = refusalOf(error);
  if (!refusal) return error;
  return new TRPCError({ code: trpcCode(refusal.status), message: refusal.message, cause: refusal });
}

function inputRefusal(issues: z.core.$ZodIssue[]): ApiError {
  for (const issue of issues) {
    if (issue.code === "custom" && typeof issue.params?.notFound === "string") {
      return notFound(issue.params.notFound);
    }
  }
  return badInput(fieldErrors(issues));
}

/** Every bad field of a zod check. `at` is where the checked value itself lies. */
export function fieldErrors(issues: z.core.$ZodIssue[], at: (string | number)[] = []): FieldError[] {
  return issues.map((issue) => ({
    path: [...at, ...issue.path.map((key) => (typeof key === "number" ? key : String(key)))],
    message: inWords(issue),
    code: issue.code,
  }));
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

/** Logs what broke, under the id that the caller is told. Refusals are no faults. */
export function logFault({ requestId, runtime }: Context, error: unknown, path?: string): void {
  if (refusalOf(error) || (error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR")) return;
  const err = error instanceof TRPCError ? (error.cause ?? error) : error;
  runtime.log.error({ requestId, path, err }, "A call broke.");
}
