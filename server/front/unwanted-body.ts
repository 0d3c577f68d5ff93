import type { IncomingMessage, ServerResponse } from "node:http";
import type { FrontLimits } from "./limits";

/**
 * Once a request is answered, throws away what still comes of its body, within bounds: Node itself would go on
 * reading for as long as the client goes on sending, and reset the connection at once where it is to be closed.
 */
export function boundUnwantedBody(
  request: IncomingMessage,
  response: ServerResponse,
  { unwantedBytes, unwantedMs }: Pick<FrontLimits, "unwantedBytes" | "unwantedMs">,
): void {
  // Before Node's own listener, which finds the body in reading hands then.
  response.prependOnceListener("finish", () => {
    if (request.complete || request.destroyed) return;
    const { socket } = request;
    const cut = setTimeout(() => socket.destroy(), unwantedMs);
    // How Node closes after an answer: here, what the client still sends is waited for.
    socket.destroySoon = () => socket.end();
    let length = 0;
    request.on("readable", () => {
      for (let chunk = request.read(); chunk !== null; chunk = request.read()) length += chunk.length;
      if (length > unwantedBytes) socket.destroy();
    });
    request.once("end", () => {
      if (socket.writableEnded) socket.destroy();
      else Reflect.deleteProperty(socket, "destroySoon");
    });
    request.once("close", () => clearTimeout(cut));
    request.read(0);
  });
}

/** Asks a client that waits for it to send its body: when somebody reads it, and not before. */
export function inviteWhenRead(request: IncomingMessage, response: ServerResponse): void {
  const { shouldKeepAlive } = response;
  // Of a body that is not asked for, nobody knows whether it comes: nothing can follow it.
  response.shouldKeepAlive = false;
  const read = request._read;
  request._read = function (size) {
    request._read = read;
    if (!response.headersSent) {
      response.shouldKeepAlive = shouldKeepAlive;
      response.writeContinue();
    }
    read.call(this, size);
  };
}
