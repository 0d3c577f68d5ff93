import { errors } from "undici";
import type { AttemptError } from "@/domain/delivery/outcome";
import { codeOf } from "./dial-failure";
import { isTlsCode, tlsError } from "./tls-failure";

/** What is known of a response that failed before its headers were complete. */
export type FailedResponse = {
  origin: string;
  /** Some bytes of it had come in. */
  hasBegun: boolean;
  /** What contradicts itself about its length. */
  lengthDefect: string | null;
};

/**
 * What an error during a request means for the receiver's engineer; null for one that no receiver can cause. undici
 * (7.30.2) has no code for many of them: the parser's reason stands in a message, a protocol changed unasked breaks
 * an assertion, and "bad response" is all it says of an answer that was not asked for. `send.protocol.test.ts` has
 * a real receiver for each.
 */
export function responseFailure(error: Error, response: FailedResponse): AttemptError | null {
  const { origin, hasBegun, lengthDefect } = response;
  const code = codeOf(error);
  if (isTlsCode(code)) return tlsError(error, new URL(origin).hostname);
  if (code === "UND_ERR_HEADERS_OVERFLOW")
    return { code: "header_overflow", message: "The endpoint's answer has too many or too long headers." };
  const protocol = protocolWords(code, error, lengthDefect);
  if (protocol)
    return { code: "protocol_error", message: `The endpoint's answer is not valid HTTP/1.1: ${protocol}.` };
  if (!isLoss(code, error)) return null;
  const when = hasBegun ? "in the middle of its answer's headers" : "without an answer";
  if (closedCodes.has(code))
    return { code: "connect_reset", message: `The endpoint closed the connection ${when}.` };
  return { code: "connect_reset", message: `The connection was lost ${when} (${code || error.message}).` };
}

function protocolWords(code: string, error: Error, lengthDefect: string | null): string | null {
  if (error instanceof errors.HTTPParserError) return lengthDefect ?? parserWords(error.message);
  // undici says so of every head that it cannot read on from a Content-Length.
  if (code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH")
    return lengthDefect ?? "its Content-Length, or what follows it, cannot be read";
  if (code === "UND_ERR_SOCKET" && error.message === "bad upgrade") return "it changes the protocol unasked";
  if (code === "UND_ERR_SOCKET" && error.message === "bad response") return "it answers what was not asked";
  // undici asserts what it expects of an answer.
  if (code === "ERR_ASSERTION") return "it is not what may come at this point";
  return null;
}

/** The parser's own reason, which it gives in brackets. */
function parserWords(message: string): string {
  const reason = message.slice(message.indexOf("(") + 1 || message.length, message.lastIndexOf(")"));
  if (reason === "") return "it cannot be read";
  return reason.startsWith("Expected HTTP/") ? "it does not begin with HTTP/1" : reason;
}

const isLoss = (code: string, error: Error) =>
  code === "UND_ERR_SOCKET" || "syscall" in error || lossCodes.has(code);

/** By which undici and the system say that the other side is gone. */
const closedCodes = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

const lossCodes = new Set([
  "ECONNRESET",
  "EPIPE",
  "ERR_STREAM_DESTROYED",
  "ERR_STREAM_WRITE_AFTER_END",
  "ERR_SOCKET_CLOSED",
]);
