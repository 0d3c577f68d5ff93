import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { frontLimits } from "./limits";
import { refusalBody } from "./refuse";

/**
 * What Node's parser refuses never becomes a request; it gets the same kind of answer as every other refusal, and
 * its connection ends.
 */
export function refuseGarbage(
  { code = "" }: NodeJS.ErrnoException,
  socket: Socket,
  { underWay, lingerMs, requestId }: Broken,
): void {
  if (!code.startsWith("HPE_") && !known[code]) return void socket.destroy(); // it is lost
  socket.pause(); // nothing that follows can be read
  const last = underWay.at(-1);
  if (last?.req.complete) return void endAfter(last, socket);
  const isOfOneRequest = underWay.length < 2 && !last?.headersSent;
  if (!isOfOneRequest || !socket.writable || code === afterTheLast) return void socket.destroy();
  answerAndEnd(known[code] ?? badRequest("This is not valid HTTP/1.1."), socket, { lingerMs, requestId });
}

type Broken = {
  /** The answers that are due on the connection, or were given before all of the request had come. */
  underWay: readonly ServerResponse[];
  lingerMs: number;
  requestId: string;
};

/** What comes after a request that its client wanted to be the last. */
const afterTheLast = "HPE_CLOSED_CONNECTION";

/** The answer to a whole request that came before is not disturbed. */
function endAfter(response: ServerResponse, socket: Socket): void {
  response.shouldKeepAlive = false;
  response.once("close", () => socket.destroySoon());
}

function answerAndEnd(
  refusal: Refusal,
  socket: Socket,
  { lingerMs, requestId }: Pick<Broken, "lingerMs" | "requestId">,
): void {
  const body = refusalBody(refusal);
  socket.end(
    `HTTP/1.1 ${refusal.status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `X-Request-Id: ${requestId}\r\nConnection: close\r\n\r\n${body}`,
  );
  const cut = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => clearTimeout(cut));
}

type Refusal = { status: string; code: string; message: string };

const badRequest = (message: string): Refusal => ({
  status: "400 Bad Request",
  code: "bad_request",
  message,
});

/** By the codes of Node's parser. One code may stand for several faults: a sentence must be true of them all. */
const known: Record<string, Refusal> = {
  HPE_INVALID_METHOD: badRequest(
    "The request does not begin with a method that is known here. This port speaks plain HTTP/1.1.",
  ),
  HPE_INVALID_URL: badRequest(
    "The request's target is neither a path nor a URL as HTTP has them. Escape what is not ASCII with %.",
  ),
  HPE_INVALID_VERSION: badRequest("The request's first line does not end with HTTP/1.1 and CR LF."),
  HPE_PAUSED_H2_UPGRADE: badRequest("This port speaks HTTP/1.1, and not HTTP/2."),
  HPE_INVALID_HEADER_TOKEN: badRequest(
    "A header of the request is not a name, a colon, and a value without control characters, on one line.",
  ),
  HPE_UNEXPECTED_CONTENT_LENGTH: badRequest(
    "The request says its length more than once. Send one Content-Length, or Transfer-Encoding: chunked alone.",
  ),
  HPE_INVALID_CONTENT_LENGTH: badRequest(
    "The request's Content-Length is not one whole number, or stands beside Transfer-Encoding.",
  ),
  HPE_INVALID_TRANSFER_ENCODING: badRequest(
    "The request's Transfer-Encoding must be chunked alone, once, and without Content-Length.",
  ),
  HPE_INVALID_CHUNK_SIZE: badRequest("The size of a chunk of the body is not a hexadecimal number."),
  HPE_INVALID_EOF_STATE: badRequest("The request ended before it was complete."),
  HPE_HEADER_OVERFLOW: {
    status: "431 Request Header Fields Too Large",
    code: "headers_too_large",
    message: `The request's address and headers are larger than ${frontLimits.headBytes / 1024} KiB.`,
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: "408 Request Timeout",
    code: "request_timeout",
    message: "The request took too long to arrive.",
  },
};
