import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import { type CallbackReason, errorCodes } from "@/domain/agent/protocol";
import { fault } from "@/domain/errors";
import { logFault } from "@/server/http/answer";
import type { Context } from "../../context";
import { refusalOf } from "../../failure";

/** The refusals of MCP Events, with their data. Their sentences are for the people who read an agent's log. */

export const invalidParams = (field: string, reason: string) =>
  new ProtocolError(ProtocolErrorCode.InvalidParams, field === "" ? reason : `${field}: ${reason}`, {
    field,
    reason,
  });

export const notFound = (kind: "event" | "subscription", message: string) =>
  new ProtocolError(errorCodes.notFound, message, { kind });

export const forbidden = (message: string) => new ProtocolError(errorCodes.forbidden, message);

export const resourceExhausted = (message: string, limit: string, max: number) =>
  new ProtocolError(errorCodes.resourceExhausted, message, { limit, max });

export const unsupported = (message: string, feature: string, value: unknown) =>
  new ProtocolError(errorCodes.unsupported, message, { feature, value });

export const callbackFailed = (message: string, reason: CallbackReason) =>
  new ProtocolError(errorCodes.callbackEndpoint, message, { reason });

/**
 * Whatever an answer to an agent threw, as the protocol says it: its own errors as they are, a refusal with its sentence,
 * and a fault of ours with nothing but the request's id.
 */
export function toProtocolError(error: unknown, { requestId, runtime }: Context): ProtocolError {
  if (ProtocolError.isInstance(error)) return error;
  const refusal = refusalOf(error);
  if (!refusal) logFault(error, { requestId, log: runtime.log });
  const { message, code } = refusal ?? fault(requestId);
  return new ProtocolError(ProtocolErrorCode.InternalError, message, { reason: code });
}
