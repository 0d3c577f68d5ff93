import { errors } from "undici";
import type { DeliveryError } from "@/server/domain/outcome";
import { codeOf, isTlsCode, tlsWords } from "./dial-failure";

/**
 * What an error during a request means for the receiver's engineer; null for one that no receiver can cause.
 * `hasBegun`: some bytes of an answer had come in.
 */
export function answerFailure(error: Error, origin: string, hasBegun: boolean): DeliveryError | null {
  const code = codeOf(error);
  if (isTlsCode(code)) return { code: "tls_error", message: tlsWords(code, error, new URL(origin).hostname) };
  if (code === "UND_ERR_HEADERS_OVERFLOW")
    return { code: "header_overflow", message: "The endpoint's answer has too many or too long headers." };
  const protocol = protocolWords(code, error);
  if (protocol)
    return { code: "protocol_error", message: `The endpoint's answer is not valid HTTP/1.1: ${protocol}.` };
  if (!isLoss(code, error)) return null;
  const when = hasBegun ? "in the middle of its answer's headers" : "without an answer";
  return { code: "connect_reset", message: `The endpoint closed the connection ${when}.` };
}

function protocolWords(code: string, error: Error): string | null {
  if (error instanceof errors.HTTPParserError) return inParentheses(error.message) || "it cannot be read";
  if (code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") return "its length is not its Content-Length";
  if (code === "UND_ERR_SOCKET" && error.message === "bad upgrade") return "it changes the protocol unasked";
  if (code === "UND_ERR_SOCKET" && error.message === "bad response") return "it answers what was not asked";
  // undici asserts what it expects of an answer.
  if (code === "ERR_ASSERTION") return "it breaks the order of an answer";
  return null;
}

const inParentheses = (text: string) =>
  text.slice(text.indexOf("(") + 1 || text.length, text.lastIndexOf(")"));

const isLoss = (code: string, error: Error) =>
  code === "UND_ERR_SOCKET" || "syscall" in error || lossCodes.has(code);

const lossCodes = new Set([
  "ECONNRESET",
  "EPIPE",
  "ERR_STREAM_DESTROYED",
  "ERR_STREAM_WRITE_AFTER_END",
  "ERR_SOCKET_CLOSED",
]);
