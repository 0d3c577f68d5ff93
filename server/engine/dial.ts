import { isIP } from "node:net";
import type { SecureContext, TLSSocket } from "node:tls";
import type { AttemptError, Peer, PeerFacts } from "@/domain/delivery/outcome";
import type { Cidr } from "@/domain/network/address";
import type { HttpProxy } from "@/domain/network/http-proxy";
import { codeOf, connectFailure, dnsFailure, inWords, place } from "./dial-failure";
import { connectFirst } from "./dial-tcp";
import { type Handshake, type Secured, secure } from "./dial-tls";
import { objectTo } from "./guard";
import { connectThrough, type Opened } from "./proxy";
import type { Resolve } from "./resolve";
import { type Hello, lookAgain } from "./second-look";
import { handshakeFacts } from "./tls-evidence";
import { tlsFailure } from "./tls-failure";
import { proofOf, type SessionsOf } from "./tls-sessions";

/** Milliseconds of each phase of dialling; null where it did not happen. */
export type DialTimings = { dns: number | null; connect: number | null; tls: number | null };

export type Dialled = { timings: DialTimings; peer: Peer } & (
  | { kind: "connected"; socket: TLSSocket; isResumed: boolean }
  | { kind: "failed"; error: AttemptError }
);

export type DialOptions = {
  allow: readonly Cidr[];
  resolve: Resolve;
  proxy: HttpProxy | null;
  secureContext: SecureContext;
  sessions: SessionsOf;
  /** Epoch milliseconds. */
  clock: () => number;
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
  const { allow, secureContext, sessions, clock, signal, totalMs } = options;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port || 443);
  const timings: DialTimings = { dns: null, connect: null, tls: null };
  const peer: Peer = { address: null, tls_version: null, certificate_expires_at: null, reused: false };
  const failed = (error: AttemptError, facts?: PeerFacts): Dialled => {
    if (facts) peer.facts = facts;
    return { kind: "failed", error, timings, peer };
  };

  const addresses = isIP(host) ? [host] : await timed(timings, "dns", () => findAddresses(host, options));
  if (!Array.isArray(addresses)) return failed(addresses);
  const objection = objectTo(host, addresses, allow);
  if (objection) return failed({ code: "blocked_address", message: objection });

  const isByName = options.proxy?.resolvesNames && !isIP(host);
  const target = { host, port, addresses: isByName ? [] : addresses };
  const opened = await timed(timings, "connect", () => open(target, options));
  peer.address = opened.address;
  if (opened.kind === "failed") return failed(opened.error);
  const { socket: tcp, bytesBefore } = opened;

  const known = sessions.known();
  const provenAt = clock();
  const isResumed = (socket: TLSSocket) => known !== null && socket.isSessionReused();
  const proofBy = ({ socket, certificate }: Pick<Secured, "socket" | "certificate">) =>
    known && isResumed(socket) ? known.proof : proofOf(certificate, provenAt);
  const handshake: Handshake = {
    host,
    secureContext,
    session: known?.session,
    onSession: (session, secured) => sessions.keep(session, proofBy(secured)),
  };
  const tls = await timed(timings, "tls", () => secure(tcp, handshake, signal));
  if (known && (tls === "aborted" || tls.error)) sessions.distrust();
  const isSilent = tcp.bytesRead === bytesBefore;
  if (tls === "aborted")
    return failed(
      tlsTimeout(place(peer.address ?? host, port), totalMs),
      isSilent ? { isSilent } : undefined,
    );
  // Some break off over a session that they do not know: once more, without one.
  if (known && tls.error) return dial(url, options);
  if (tls.error) {
    const { error, certificate } = tls;
    const there = { host, port, addresses: peer.address === null ? [] : [peer.address] };
    const openAgain = (within: AbortSignal) => open(there, { ...options, signal: within });
    const look = (hello: Hello) => lookAgain({ host, secureContext, open: openAgain }, hello, signal);
    const facts = await handshakeFacts({ error, certificate, isSilent, at: clock() }, look);
    return failed(tlsFailure(error, host, certificate), facts);
  }
  const { socket } = tls;
  peer.tls_version = socket.getProtocol();
  const proof = proofBy(tls);
  peer.certificate_expires_at = proof.certificateExpiresAt;
  peer.certificate_valid_from = proof.certificateValidFrom;
  return { kind: "connected", socket, isResumed: isResumed(socket), timings, peer };
}

async function timed<T>(timings: DialTimings, phase: keyof DialTimings, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  timings[phase] = performance.now() - start;
  return result;
}

type Place = { host: string; port: number; addresses: readonly string[] };

/** The way to a target: straight, or by the installation's proxy. */
function open(target: Place, options: DialOptions): Promise<Opened> {
  const { proxy } = options;
  return proxy ? connectThrough(proxy, target, options) : connectStraight(target, options);
}

async function connectStraight(
  { addresses, port }: Place,
  { signal, totalMs }: DialOptions,
): Promise<Opened> {
  const target = place(addresses[0] ?? "", port);
  const failed = (error: AttemptError, address: string | null): Opened => ({
    kind: "failed",
    error,
    address,
  });
  const socket = await connectFirst(addresses, port, signal);
  if (socket === "aborted") return failed(connectTimeout(target, totalMs), null);
  if (!(socket instanceof Error))
    return { kind: "open", socket, address: socket.remoteAddress ?? null, bytesBefore: 0 };
  const { address = null } = socket as Error & { address?: string };
  return failed(connectFailure(socket, target), address);
}

/** By DNS; a proxy that resolves names itself may know ones that are not known here, and then none is answered. */
async function findAddresses(host: string, options: DialOptions): Promise<string[] | AttemptError> {
  if (!options.proxy?.resolvesNames) return lookUp(host, options);
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(beforeProxyMs)]);
  const found = await lookUp(host, { ...options, signal });
  return Array.isArray(found) ? found : [];
}

/** Where only the proxy knows names, DNS may not answer at all. */
const beforeProxyMs = 2_000;

async function lookUp(host: string, options: DialOptions): Promise<string[] | AttemptError> {
  const { resolve, signal, totalMs } = options;
  const aborted = new Promise<"aborted">((settle) => {
    signal.addEventListener("abort", () => settle("aborted"), { once: true });
  });
  try {
    const found = signal.aborted ? "aborted" : await Promise.race([resolve(host, signal), aborted]);
    if (found === "aborted") return dnsTimeout(host, totalMs);
    return found.length > 0 ? found : noAddress(host);
  } catch (error) {
    if (signal.aborted) return dnsTimeout(host, totalMs);
    if (codeOf(error) === "") throw error;
    return dnsFailure(error, host);
  }
}

const noAddress = (host: string): AttemptError => ({
  code: "dns_error",
  detail: "dns_no_address",
  message: `${host} has no address in DNS.`,
});

const dnsTimeout = (host: string, totalMs: number): AttemptError => ({
  code: "dns_timeout",
  message: `No answer from DNS for ${host} within ${inWords(totalMs)}.`,
});

const connectTimeout = (target: string, totalMs: number): AttemptError => ({
  code: "connect_timeout",
  message: `No connection to ${target} within ${inWords(totalMs)}. A firewall may be dropping it.`,
});

const tlsTimeout = (target: string, totalMs: number): AttemptError => ({
  code: "tls_timeout",
  message: `${target} took the connection but did not finish the TLS handshake within ${inWords(totalMs)}.`,
});
