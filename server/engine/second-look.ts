import { isIP } from "node:net";
import { Duplex } from "node:stream";
import { connect as connectTls, type SecureContext } from "node:tls";
import type { Opened } from "./proxy";

/** How much of what comes first is looked at: a greeting, or the beginning of an answer. */
export const maxFirstBytes = 64;

/** What closes or greets by itself does so at once; what was asked answers soon. */
const unaskedMs = 400;
const askedMs = 2_000;

/** `proxy`: a line of the PROXY protocol that names nobody, and TLS behind it. */
export type Hello = "tls" | "nothing" | "proxy";

const proxyLine = "PROXY UNKNOWN\r\n";

/** The first bytes in base64, and whether the other side ended it; null where there was nothing to see. */
export type Look = { bytes: string; isClosed: boolean | null };

/** `open` connects to the same address again, which has been judged. */
type Place = {
  host: string;
  secureContext: SecureContext;
  open: (signal: AbortSignal) => Promise<Opened>;
};

/**
 * Connects once more to an address that took the connection and did not speak TLS, to see what it is: OpenSSL tells
 * nobody which bytes it could not read. It is said hello as before, or nothing at all to one that closed without a
 * word, and no request follows.
 */
export async function lookAgain(place: Place, hello: Hello, signal: AbortSignal): Promise<Look> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(hello === "nothing" ? unaskedMs : askedMs)]);
  const nothing = (isClosed: boolean | null): Look => ({ bytes: "", isClosed });
  const opened = await place.open(over);
  const silence = () => nothing(signal.aborted ? null : false);
  if (over.aborted) return silence();
  // One that was reset at once was connected all the same.
  if (opened.kind === "failed") return nothing(opened.error.code === "connect_reset" ? true : null);
  const { socket } = opened;
  return new Promise((settle) => {
    const end = (look: Look) => {
      over.removeEventListener("abort", onOver);
      socket.destroy();
      settle(look);
    };
    const onOver = () => end(silence());
    socket.once("data", (bytes) => end({ bytes: firstBytes(bytes), isClosed: false }));
    // An error may still come after the end.
    socket.on("end", () => end(nothing(true))).on("error", () => end(nothing(true)));
    // Node leaves one that a proxy's answer was read from where it was paused.
    socket.resume();
    over.addEventListener("abort", onOver, { once: true });
    if (hello === "proxy") socket.write(proxyLine);
    if (hello !== "nothing") sayHello(place, (bytes) => socket.write(bytes));
  });
}

export const firstBytes = (bytes: Buffer) => bytes.subarray(0, maxFirstBytes).toString("base64");

/** Writes the first message of TLS; what comes back is not for it. */
function sayHello({ host, secureContext }: Place, write: (bytes: Buffer) => void): void {
  const way = new Duplex({
    read() {},
    write(bytes: Buffer, _encoding, done) {
      write(bytes);
      done();
      way.destroy();
    },
  });
  const servername = isIP(host) ? "" : host.replace(/\.$/, "");
  connectTls({ socket: way, servername, secureContext, ALPNProtocols: ["http/1.1"] }).on("error", () => {});
}
