import { connect as connectTcp, isIP } from "node:net";
import { Duplex } from "node:stream";
import { connect as connectTls, type SecureContext } from "node:tls";

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

type Place = { address: string; port: number; host: string; secureContext: SecureContext };

/**
 * Connects once more to an address that took the connection and did not speak TLS, to see what it is: OpenSSL tells
 * nobody which bytes it could not read. It is said hello as before, or nothing at all to one that closed without a
 * word, and no request follows. `address` has been judged.
 */
export function lookAgain(place: Place, hello: Hello, signal: AbortSignal): Promise<Look> {
  return new Promise((settle) => {
    const tcp = connectTcp({ host: place.address, port: place.port, noDelay: true });
    let isConnected = false;
    const end = (look: Look) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      tcp.destroy();
      settle(look);
    };
    const onAbort = () => end({ bytes: "", isClosed: null });
    const timer = setTimeout(
      () => end({ bytes: "", isClosed: false }),
      hello === "nothing" ? unaskedMs : askedMs,
    );
    // One that was reset at once was connected all the same.
    const onEnd = (error?: NodeJS.ErrnoException) =>
      end({ bytes: "", isClosed: isConnected || error?.code === "ECONNRESET" ? true : null });
    tcp.once("connect", () => {
      isConnected = true;
      if (hello === "proxy") tcp.write(proxyLine);
      if (hello !== "nothing") sayHello(place, (bytes) => tcp.write(bytes));
    });
    tcp.once("data", (bytes) => end({ bytes: firstBytes(bytes), isClosed: false }));
    // An error may still come after the end.
    tcp.on("end", onEnd).on("error", onEnd);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
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
