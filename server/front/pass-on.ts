import { once } from "node:events";
import {
  Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import { finished } from "node:stream/promises";

/** RFC 9110, 7.6.1: what is said of one connection, and not of the message. */
const ofConnection = ["connection", "expect", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"];

export type PassOn = {
  /**
   * Passes a request on to a server on a socket of this machine, and its answer back; headers that the response
   * has already stay, unless the answer has its own. A body without a Content-Length is left out. False when that
   * server did not answer at all.
   */
  (incoming: IncomingMessage, outgoing: ServerResponse, socketPath: string): Promise<boolean>;
  /** Ends the connections that are kept for the next request. */
  close(): void;
};

export function createPassOn(): PassOn {
  const agent = new Agent({ keepAlive: true });

  async function passOn(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    socketPath: string,
  ): Promise<boolean> {
    if (outgoing.destroyed) return true;
    const { method, url: path } = incoming;
    const inner = request({ agent, socketPath, method, path, headers: withoutConnection(incoming.headers) });
    outgoing.once("close", () => inner.destroy());
    inner.on("error", () => {}); // told where the answer is waited for, or by the answer's own end
    // On a connection that others use next, a body is nothing but what a length was told for.
    if (incoming.headers["content-length"] === undefined) inner.end();
    else incoming.pipe(inner);
    const answer = await answerTo(inner);
    if (!answer) return outgoing.destroyed;
    outgoing.statusCode = answer.statusCode ?? 502;
    for (const [name, value] of Object.entries(withoutConnection(answer.headers))) {
      if (value !== undefined) outgoing.setHeader(name, value);
    }
    answer.pipe(outgoing);
    await finished(answer).catch(() => outgoing.destroy());
    return true;
  }

  return Object.assign(passOn, { close: () => agent.destroy() });
}

async function answerTo(inner: ReturnType<typeof request>): Promise<IncomingMessage | null> {
  try {
    const [answer] = await once(inner, "response");
    return answer;
  } catch {
    return null;
  }
}

function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.includes(name)));
}
