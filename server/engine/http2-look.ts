import type { TLSSocket } from "node:tls";
import { firstBytes } from "./second-look";
import type { Deadline } from "./send-deadline";

/** RFC 9113 §3.4: how a client of HTTP/2 begins, with an empty SETTINGS behind it. It is no request. */
const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", "latin1");

/** Whoever speaks HTTP/2 answers at once. */
const answersWithinMs = 1_000;

/**
 * Begins HTTP/2 on a new connection to what closed a request of HTTP/1.1 without a word, and ends it. Answers the first
 * bytes that came back, in base64; empty for none.
 */
export function greetInHttp2(socket: TLSSocket, deadline: Deadline): Promise<string> {
  return new Promise((settle) => {
    const end = (bytes: string) => {
      clearTimeout(timer);
      deadline.whenOver(null);
      socket.destroy();
      settle(bytes);
    };
    const timer = setTimeout(() => end(""), answersWithinMs);
    socket.on("error", () => end("")).once("close", () => end(""));
    socket.once("data", (bytes) => end(firstBytes(bytes)));
    deadline.whenOver(() => end(""));
    socket.write(preface);
  });
}
