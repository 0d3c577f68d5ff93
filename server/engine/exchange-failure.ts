import type { AttemptError, PeerFacts } from "@/domain/delivery/outcome";
import { codeOf } from "./dial-failure";
import { endOf, errorFacts } from "./tls-evidence";
import { isTlsCode, tlsError } from "./tls-failure";

/**
 * What the loss of a connection during a request means for the receiver's engineer; null for an error that no receiver
 * can cause. `hasBegun`: some bytes of an answer had come in.
 */
export function lossFailure(error: Error | null, hostname: string, hasBegun: boolean): AttemptError | null {
  const code = codeOf(error);
  if (error && isTlsCode(code)) return tlsError(error, hostname);
  const when = hasBegun ? "in the middle of its answer's headers" : "without an answer";
  if (error === null || closedCodes.has(code))
    return { code: "connect_reset", message: `The endpoint closed the connection ${when}.` };
  if (!("syscall" in error)) return null;
  return { code: "connect_reset", message: `The connection was lost ${when} (${code || error.message}).` };
}

/** By which the system and Node say that the other side is gone. */
const closedCodes = new Set([
  "ECONNRESET",
  "EPIPE",
  "ERR_STREAM_DESTROYED",
  "ERR_STREAM_WRITE_AFTER_END",
  "ERR_SOCKET_CLOSED",
]);

/** What the loss of a connection after its handshake leaves for the diagnosis. */
export function lossFacts(error: Error | null): PeerFacts {
  if (error && isTlsCode(codeOf(error))) return { ...errorFacts(error), afterHandshake: true };
  return { ended: endOf(error), afterHandshake: true };
}
