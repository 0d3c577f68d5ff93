import { isIP, type Socket } from "node:net";
import {
  checkServerIdentity,
  connect,
  type PeerCertificate,
  type SecureContext,
  type TLSSocket,
} from "node:tls";

/** What became of a handshake. `certificate` is the endpoint's, as far as it was seen: a resumed session shows none. */
export type Secured = {
  socket: TLSSocket;
  certificate: PeerCertificate | undefined;
  error: Error | null;
};

export type Handshake = {
  host: string;
  secureContext: SecureContext;
  /** To resume, if the endpoint still knows it. */
  session: Buffer | undefined;
  /** Told of each session that can be resumed later, as long as the connection lasts. */
  onSession: (session: Buffer, secured: Pick<Secured, "socket" | "certificate">) => void;
};

/** Speaks TLS on a TCP connection, and ends that connection when it fails or the signal aborts. */
export function secure(
  tcp: Socket,
  { host, secureContext, session, onSession }: Handshake,
  signal: AbortSignal,
): Promise<Secured | "aborted"> {
  return new Promise((settle) => {
    const socket = connect({
      socket: tcp,
      host,
      // SNI carries names only (RFC 6066 §3), without the dot of the root.
      servername: isIP(host) ? "" : host.replace(/\.$/, ""),
      secureContext,
      session,
      // Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED cannot change it.
      rejectUnauthorized: true,
      ALPNProtocols: ["http/1.1"],
      checkServerIdentity(hostname, shown) {
        certificate = shown;
        return checkServerIdentity(hostname, shown);
      },
    });
    let certificate: PeerCertificate | undefined;
    const end = (result: Secured | "aborted") => {
      signal.removeEventListener("abort", onAbort);
      socket.off("secureConnect", onSecure).off("error", onError).off("close", onClose);
      // An error may still come, and whoever uses the socket learns of it as it closes.
      socket.on("error", () => {});
      if (result === "aborted" || result.error) socket.destroy();
      settle(result);
    };
    const onAbort = () => end("aborted");
    const onSecure = () => end({ socket, certificate, error: null });
    const onError = (error: Error) => {
      // After an alert it is still there to be seen, unless the alert came before it.
      certificate ??= shownBy(socket);
      end({ socket, certificate, error });
    };
    const onClose = () => onError(Object.assign(new Error("closed"), { code: "ECONNRESET" }));

    socket.prependOnceListener("secure", () => {
      if (isRefused(socket)) certificate = shownBy(socket);
    });
    // Node tells of none before it has accepted the certificate.
    socket.on("session", (begun: Buffer) => onSession(begun, { socket, certificate }));
    socket.on("secureConnect", onSecure).on("error", onError).on("close", onClose);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}

/**
 * Whether Node is about to refuse the certificate, and to close before anyone can look at its dates. Looking at
 * every certificate would take longer than the rest of the handshake; without Node's own word, dates are not told.
 */
function isRefused(socket: TLSSocket & { ssl?: { verifyError?(): Error | undefined } }): boolean {
  return socket.ssl?.verifyError?.() !== undefined;
}

/** The endpoint's certificate with its issuers. Node answers an empty object, or null, where there is none. */
function shownBy(socket: TLSSocket): PeerCertificate | undefined {
  const shown: PeerCertificate | null = socket.getPeerCertificate(true);
  return shown?.subject ? shown : undefined;
}
