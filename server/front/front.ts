import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Cidr } from "@/server/domain/address";
import { ApiError, tooLarge } from "@/server/domain/errors";
import {
  bodyLimit,
  declaresTooMuch,
  discardBody,
  hasUnknownLength,
  measureBody,
  writeLimit,
} from "./body-limit";
import { nameClient } from "./client-address";
import { createDrain } from "./drain";
import { refusalBody, refuse, tooLargeForTrpc } from "./refuse";
import { pathOf } from "./request-target";
import { securityHeaders } from "./security-headers";

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type FrontOptions = {
  publicUrl: string;
  isProduction: boolean;
  trustedProxies: readonly Cidr[];
  handle: Handler;
  onError: (error: unknown) => void;
};

/** A client that sends its headers or body slower than this is cut (slow loris). */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 60_000;
const timeoutCheckMs = 2_000;

/**
 * The HTTP server in front of Next: it knows the true client, refuses what is too large before reading it, adds
 * the security headers, and `stop` ends it without cutting an answer, waiting up to `graceMs`.
 */
export function createFront(options: FrontOptions): {
  server: Server;
  stop: (graceMs: number) => Promise<void>;
} {
  const server = createServer({
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: timeoutCheckMs,
  });
  const drain = createDrain(server);
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    drain.watch(response);
    serve(options, request, response).catch((error) => {
      if (!request.errored) options.onError(error); // else its client went away
      response.destroy();
    });
  };
  server.on("request", answer);
  // Without a listener Node would invite the body before its length is judged.
  server.on("checkContinue", answer);
  server.on("clientError", refuseGarbage);
  return { server, stop: drain.stop };
}

async function serve(options: FrontOptions, request: IncomingMessage, response: ServerResponse) {
  const headers = securityHeaders(options);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  nameClient(request, options.trustedProxies);
  // Next takes the nonce for its own scripts from here.
  request.headers["content-security-policy"] = headers["content-security-policy"];

  const path = pathOf(request.url ?? "");
  if (path === null) return refuse(response, noPath());
  request.url = path;

  const limit = bodyLimit(path.split("?", 1)[0] ?? "");
  if (declaresTooMuch(request, limit)) return refuseBody(request, response, limit);
  if (/^100-continue$/i.test(request.headers.expect ?? "")) response.writeContinue();
  if (!hasUnknownLength(request)) return options.handle(request, response);
  const measured = await measureBody(request, limit);
  if (!measured) return refuseBody(request, response, limit);
  return options.handle(measured, response);
}

const noPath = () => new ApiError(400, "bad_request", "The request names no path.");

/** The answer is complete at once; its end, which closes the connection, waits for the body's. */
async function refuseBody(request: IncomingMessage, response: ServerResponse, limit: number) {
  const refusal = tooLarge(`The body is larger than ${writeLimit(limit)}.`);
  const body = request.url?.startsWith("/api/trpc/") ? tooLargeForTrpc(refusal) : refusalBody(refusal);
  response.writeHead(refusal.status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    connection: "close",
  });
  response.write(body);
  await discardBody(request);
  response.end();
}

/** What Node's parser refuses never becomes a request; it gets the same kind of answer as every other refusal. */
function refuseGarbage(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, code, message } = garbage[error.code ?? ""] ?? badRequest;
  const body = refusalBody({ code, message });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
}

const badRequest = { status: "400 Bad Request", code: "bad_request", message: "This is not valid HTTP." };
const garbage: Record<string, typeof badRequest> = {
  HPE_HEADER_OVERFLOW: {
    status: "431 Request Header Fields Too Large",
    code: "headers_too_large",
    message: "The request's headers are too large.",
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: "408 Request Timeout",
    code: "request_timeout",
    message: "The request took too long to arrive.",
  },
};
