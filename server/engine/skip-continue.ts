import type { TLSSocket } from "node:tls";

/**
 * Takes `100 Continue` out of what is read from a socket: undici ends a connection on which it comes unasked,
 * while RFC 9110 §15.2 has clients skip it, and some servers send it to every POST. Call the result before each
 * request.
 */
export function skipContinue(socket: TLSSocket): () => void {
  const read = socket.read.bind(socket);
  let isAtStart = true;
  let held: Buffer | null = null;

  socket.read = (size?: number) => {
    for (;;) {
      const chunk: Buffer | null = read(size);
      if (chunk === null || !isAtStart) return chunk;
      const bytes = behindContinue(held ? Buffer.concat([held, chunk]) : chunk);
      isAtStart = couldBeContinue(bytes);
      held = isAtStart ? bytes : null;
      if (!isAtStart) return bytes;
    }
  };
  return () => {
    isAtStart = true;
    held = null;
  };
}

function behindContinue(bytes: Buffer): Buffer {
  const end = couldBeContinue(bytes) ? bytes.indexOf("\r\n\r\n") : -1;
  return end < 0 ? bytes : behindContinue(bytes.subarray(end + 4));
}

/** Whether an answer that begins like this is, or may yet turn out to be, a `100 Continue`. */
const couldBeContinue = (bytes: Buffer) => {
  const start = bytes.toString("latin1", 0, statusLine.length + 1);
  return statusLine.startsWith(start) || start === `${statusLine} ` || start === `${statusLine}\r`;
};

const statusLine = "HTTP/1.1 100";
