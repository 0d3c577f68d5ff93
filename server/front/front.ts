import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { ApiError, busy, fault } from "@/domain/errors";
import type { Cidr } from "@/domain/network/address";
import { refusedBody } from "./body-limit";
import { nameClient } from "./client-address";
import { countClients } from "./clients";
import { createDrain } from "./drain";
import { isForPortal } from "./framing";
import { refuseGarbage } from "./garbage";
import { type FrontLimits, frontLimits } from "./limits";
import { createQueues } from "./queues";
import { refuse } from "./refuse";
import { type Fault, nameRequest } from "./request-name";
import { pageWithoutSlash, pathOf } from "./request-target";
import { securityHeaders } from "./security-headers";
import { endUntaken } from "./untaken";
import { boundUnwantedBody, inviteWhenRead } from "./unwanted-body";

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type FrontOptions = {
  publicUrl: string | null;
  basePath: string;
  isProduction: boolean;
  /** Sites that may show portal pages in a frame. */
  portalFrameAncestors: readonly string[];
  trustedProxies: readonly Cidr[];
  handle: Handler;
  /** Hears of every request that its sender makes for others, without being trusted to say for whom. */
  onForwarder: (address: string) => void;
  newId: () => string;
  onFault: (fault: Fault) => void;
  limits?: Partial<FrontLimits>;
};

/** Each part of the front waits for the end of an answer, whoever answers does, and so do the streams that are sent. */
const listenersOfAnswer = 20;

/**
 * The HTTP server in front of Next: it knows the true client, bounds what a client may hold before anybody knows
 * who calls, adds the security headers, and `stop` ends it without cutting an answer, waiting up to `graceMs`.
 */
export function createFront(options: FrontOptions): {
  server: Server;
  stop: (graceMs: number) => Promise<void>;
} {
  const limits = { ...frontLimits, ...options.limits };
  const server = createServer({
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    maxHeaderSize: 2 * limits.headBytes,
    connectionsCheckingInterval: limits.checkMs,
    requireHostHeader: false, // it is asked for below, with a sentence
  });
  const drain = createDrain(server);
  const queues = createQueues(limits.waiting);
  const isTooMany = countClients(server, options.trustedProxies, limits);
  endUntaken(server, limits);

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    response.setMaxListeners(listenersOfAnswer);
    if (request.socket.destroyed) return;
    const turn = queues.enter(response);
    if (turn === null) request.socket.destroy();
    turn?.then(() => takeTurn(request, response));
  };
  const takeTurn = (request: IncomingMessage, response: ServerResponse) => {
    if (request.socket.destroyed) return;
    drain.watch(response);
    boundUnwantedBody(request, response, limits);
    const forwarder = nameClient(request, options.trustedProxies);
    if (forwarder !== null) options.onForwarder(forwarder);
    const tellFault = nameRequest(request, response, options.newId(), options.onFault);
    serve({ ...options, limits }, request, response, isTooMany(request, response)).catch((error) => {
      if (!request.errored) tellFault(error); // else its client went away
      breakOff(response);
    });
  };
  server.on("request", answer);
  // Without listeners Node would invite a body before its length is judged, and answer without a word.
  server.on("checkContinue", answer);
  server.on("checkExpectation", answer);
  server.on("clientError", (error, socket: Socket) =>
    refuseGarbage(error, socket, {
      underWay: queues.of(socket),
      lingerMs: limits.lingerMs,
      requestId: options.newId(),
    }),
  );
  return { server, stop: drain.stop };
}

async function serve(
  options: FrontOptions & { limits: FrontLimits },
  request: IncomingMessage,
  response: ServerResponse,
  isCrowded: boolean,
) {
  const path = pathOf(request.url ?? "", options.basePath);
  const isFramed = isForPortal({ url: path ?? "", headers: request.headers });
  const headers = securityHeaders({ ...options, framedBy: isFramed ? options.portalFrameAncestors : [] });
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // Next takes the nonce for its own scripts from here.
  request.headers["content-security-policy"] = headers["content-security-policy"];

  const page = pageWithoutSlash(request, options.basePath);
  if (page !== null) return void response.writeHead(308, { location: page }).end();
  if (path === null) return refuse(response, noPath());
  request.url = path;
  if (isCrowded && !isHealth(path)) return refuse(response, crowded());
  const refusal = tooLongHead(request, options.limits) ?? refusedHead(request) ?? refusedBody(request);
  if (refusal) return refuse(response, refusal);
  if (request.headers.expect) inviteWhenRead(request, response);
  return options.handle(request, response);
}

const isHealth = (path: string) => /^\/(healthz|readyz)($|\?)/.test(path);

const noPath = () => new ApiError(400, "bad_request", "The request names no path.");

const crowded = () =>
  busy("Too many connections are open to here, or from your network. Try again in a moment.");

/** By whichever is the longer part, which is what there is to shorten. */
function tooLongHead({ url = "", rawHeaders }: IncomingMessage, { headBytes }: FrontLimits): ApiError | null {
  const ofHeaders = rawHeaders.reduce((bytes, text) => bytes + text.length, 0);
  if (url.length + ofHeaders <= headBytes) return null;
  return url.length > ofHeaders ? tooLongAddress(headBytes) : tooLongHeaders(headBytes);
}

const tooLongAddress = (bytes: number) =>
  new ApiError(
    414,
    "uri_too_long",
    `The request's address and headers are larger than ${bytes / 1024} KiB. A query over tRPC may be sent with POST: ` +
      `methodOverride: "POST" in the client's link, or smaller batches with its maxURLLength.`,
  );

const tooLongHeaders = (bytes: number) =>
  new ApiError(
    431,
    "headers_too_large",
    `The request's address and headers are larger than ${bytes / 1024} KiB.`,
  );

function refusedHead({ headers, rawHeaders, httpVersion }: IncomingMessage): ApiError | null {
  if (httpVersion === "1.1" && headers.host === undefined)
    return new ApiError(400, "bad_request", "The request has no Host header, which HTTP/1.1 asks for.");
  // RFC 9112, 3.2: whoever in front of here took another one would judge another site.
  if (rawHeaders.filter((name, index) => index % 2 === 0 && /^host$/i.test(name)).length > 1)
    return new ApiError(400, "bad_request", "The request has more than one Host header. Send one.");
  if (headers.expect !== undefined && !/^100-continue$/i.test(headers.expect))
    return new ApiError(417, "bad_expectation", "The only expectation that is met here is 100-continue.");
  return null;
}

/** A fault that nobody answered. */
function breakOff(response: ServerResponse): void {
  if (response.headersSent || response.destroyed) response.destroy();
  else refuse(response, fault(String(response.getHeader("x-request-id"))));
}
