import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls, type PeerCertificate, type SecureContext, type TLSSocket } from "node:tls";
import type { Cidr } from "@/server/domain/address";
import type { DeliveryError, Peer } from "@/server/domain/outcome";
import { connectFailure, dnsFailure, inWords, place, tlsFailure } from "./dial-failure";
import { objectTo } from "./guard";
import type { Resolve } from "./resolve";

/** Milliseconds of each phase of dialling; null where it did not happen. */
export type DialTimings = { dns: number | null; connect: number | null; tls: number | null };

export type Dialled = { timings: DialTimings; peer: Peer } & (
  | { kind: "connected"; socket: TLSSocket }
  | { kind: "failed"; error: DeliveryError }
);

export type DialOptions = {
  allow: readonly Cidr[];
  resolve: Resolve;
  secureContext: SecureContext;
  /** Ends the dialling, whatever it waits for. */
  signal: AbortSignal;
  /** What the signal's deadline was, for the words of a timeout. */
  totalMs: number;
};

/**
 * Opens a TLS connection to where a URL leads, by our own hands: every address is judged before the first
 * packet, and each phase is timed, can be aborted, and fails with its own class.
 */
export async function dial(url: URL, options: DialOptions): Promise<Dialled> {
  const { signal, totalMs } = options;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port || 443);
  const timings: DialTimings = { dns: null, connect: null, tls: null };
  const peer: Peer = { address: null, tls_version: null, certificate_expires_at: null, reused: false };
  const failed = (error: DeliveryError): Dialled => ({ kind: "failed", error, timings, peer });
  const timed = async <T>(phase: keyof DialTimings, work: Promise<T>): Promise<T> => {
    const start = performance.now();
    return work.finally(() => {
      timings[phase] = performance.now() - start;
    });
  };

  const addresses = isIP(host) ? [host] : await timed("dns", findAddresses(host, options));
  if (!Array.isArray(addresses)) return failed(addresses);
  const objection = objectTo(host, addresses, options.allow);
  if (objection) return failed({ code: "blocked_address", message: objection });

  const target = place(addresses[0] ?? "", port);
  const tcp = await timed("connect", connectFirst(addresses, port, signal));
  if (tcp === "aborted") {
    const message = `No connection to ${target} within ${inWords(totalMs)}. A firewall may be dropping it.`;
    return failed({ code: "connect_timeout", message });
  }
  if (tcp instanceof Error) return failed(connectFailure(tcp, target));
  peer.address = tcp.remoteAddress ?? null;

  const tls = await timed("tls", secure(tcp, host, options));
  if (tls === "aborted") {
    const message = `${target} accepted the connection but did not finish the TLS handshake within ${inWords(totalMs)}.`;
    return failed({ code: "tls_timeout", message });
  }
  if (tls.error) return failed(tlsFailure(tls.error, host, tls.certificate));
  peer.tls_version = tls.socket.getProtocol();
  peer.certificate_expires_at = tls.certificate ? new Date(tls.certificate.valid_to).toISOString() : null;
  return { kind: "connected", socket: tls.socket, timings, peer };
}

async function findAddresses(host: string, options: DialOptions): Promise<string[] | DeliveryError> {
  const { resolve, signal, totalMs } = options;
  const aborted = new Promise<"aborted">((settle) => {
    signal.addEventListener("abort", () => settle("aborted"), { once: true });
  });
  try {
    const found = await Promise.race([resolve(host, signal), aborted]);
    if (found === "aborted" || signal.aborted)
      return { code: "dns_timeout", message: `No answer from DNS for ${host} within ${inWords(totalMs)}.` };
    return found.length > 0 ? found : { code: "dns_error", message: `${host} has no address in DNS.` };
  } catch (error) {
    return dnsFailure(error, host);
  }
}

/** RFC 8305 §5: the pause before the next address is tried beside those that have not answered yet. */
const nextAddressMs = 250;

/** A name may list hundreds of addresses; this many are tried. */
const maxAddresses = 8;

/** Connects to the first address that answers, families in turn; the error of the first when none does. */
function connectFirst(
  addresses: readonly string[],
  port: number,
  signal: AbortSignal,
): Promise<Socket | Error | "aborted"> {
  return new Promise((settle) => {
    const waiting = familiesInTurn(addresses);
    const racing = new Set<Socket>();
    let firstError: Error | null = null;
    let timer: NodeJS.Timeout | undefined;

    const end = (result: Socket | Error | "aborted") => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      for (const socket of racing) if (socket !== result) socket.destroy();
      racing.clear();
      settle(result);
    };
    const onAbort = () => end("aborted");
    const startNext = () => {
      clearTimeout(timer);
      const address = waiting.shift();
      if (address === undefined) return;
      const socket = connectTcp({ host: address, port, noDelay: true });
      racing.add(socket);
      socket.once("connect", () => end(socket));
      socket.on("error", (error) => {
        firstError ??= error;
        if (!racing.delete(socket)) return;
        if (waiting.length > 0) startNext();
        else if (racing.size === 0) end(firstError);
      });
      if (waiting.length > 0) timer = setTimeout(startNext, nextAddressMs);
    };

    if (signal.aborted) return settle("aborted");
    signal.addEventListener("abort", onAbort, { once: true });
    startNext();
  });
}

/** RFC 8305 §4: the first answer first, then the families alternate. */
function familiesInTurn(addresses: readonly string[]): string[] {
  const isLikeFirst = (address: string) => isIP(address) === isIP(addresses[0] ?? "");
  const ours = addresses.filter(isLikeFirst);
  const others = addresses.filter((address) => !isLikeFirst(address));
  const inTurn = addresses.flatMap((_, i) => [ours.slice(i, i + 1), others.slice(i, i + 1)].flat());
  return inTurn.slice(0, maxAddresses);
}

type Secured = {
  socket: TLSSocket;
  certificate: PeerCertificate | undefined;
  error: Error | null;
};

function secure(tcp: Socket, host: string, options: DialOptions): Promise<Secured | "aborted"> {
  return new Promise((settle) => {
    const socket = connectTls({
      socket: tcp,
      host,
      // SNI carries names only (RFC 6066 §3), without the dot of the root.
      servername: isIP(host) ? "" : host.replace(/\.$/, ""),
      secureContext: options.secureContext,
      // Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED cannot change it.
      rejectUnauthorized: true,
      ALPNProtocols: ["http/1.1"],
    });
    let certificate: Secured["certificate"];
    const end = (error: Error | null) => {
      stop();
      settle({ socket, certificate, error });
    };
    const onAbort = () => {
      stop();
      socket.destroy();
      settle("aborted");
    };
    const stop = () => {
      options.signal.removeEventListener("abort", onAbort);
      socket.off("secureConnect", onSecure).off("error", end).off("close", onClose).on("error", ignore);
    };
    const onSecure = () => end(null);
    const onClose = () => end(new Error("closed"));

    // Before Node judges the certificate and closes, so that the words can name its dates.
    socket.prependOnceListener("secure", () => {
      certificate = socket.getPeerCertificate();
    });
    socket.on("secureConnect", onSecure).on("error", end).on("close", onClose);
    if (options.signal.aborted) onAbort();
    else options.signal.addEventListener("abort", onAbort, { once: true });
  });
}

/** A socket reports its error before it closes; whoever waits learns of it there. */
const ignore = () => {};
