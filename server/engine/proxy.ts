import { isIP, type Socket } from "node:net";
import { createSecureContext } from "node:tls";
import type { AttemptError } from "@/domain/delivery/outcome";
import type { HttpProxy } from "@/domain/network/http-proxy";
import { codeOf, inWords, place } from "./dial-failure";
import { connectFirst } from "./dial-tcp";
import { secure } from "./dial-tls";
import { answerError, notHttpError, type ProxyAnswer, proxyAnswer, unreachable } from "./proxy-failure";
import type { Resolve } from "./resolve";
import { HeadReader } from "./response-head";

/** A connection to a target; `bytesBefore` had come over its socket before the target's own first byte. */
export type Opened =
  | { kind: "open"; socket: Socket; address: string | null; bytesBefore: number }
  | { kind: "failed"; error: AttemptError; address: string | null };

type Options = { resolve: Resolve; signal: AbortSignal; totalMs: number };

/** The targets' addresses of one name that a proxy is asked for, in turn, while it gets to none of them. */
const maxAddresses = 3;

/**
 * Connects to a target by CONNECT (RFC 9110 §9.3.6): to the addresses that were judged, so that no other answer of DNS
 * comes in between; without any, to the host by its name. The proxy's own address is the operator's, and not judged.
 */
export async function connectThrough(
  proxy: HttpProxy,
  target: { host: string; port: number; addresses: readonly string[] },
  options: Options,
): Promise<Opened> {
  const { host, port, addresses } = target;
  const [first, ...others] = addresses.length > 0 ? addresses.slice(0, maxAddresses) : [host];
  let opened = await tunnel(proxy, first ?? host, port, options);
  for (const next of others) {
    if (opened.kind === "open" || opened.error.detail !== "through_proxy") break;
    opened = await tunnel(proxy, next, port, options);
  }
  return opened;
}

async function tunnel(proxy: HttpProxy, host: string, port: number, options: Options): Promise<Opened> {
  const address = isIP(host) ? host : null;
  const failed = (error: AttemptError): Opened => ({ kind: "failed", error, address });
  const { signal, totalMs } = options;
  const way = await reach(proxy, options);
  if (!("socket" in way)) return failed(way);
  const { socket } = way;
  const authority = place(host.replace(/\.$/, ""), port);
  const answered = await ask(socket, requestOf(proxy, authority), signal);
  if (answered === "aborted") {
    socket.destroy();
    const message = `The proxy of this installation got no connection to ${authority} within ${inWords(totalMs)}.`;
    return failed({ code: "connect_timeout", detail: "through_proxy", message });
  }
  const error = typeof answered === "string" ? notHttpError(answered) : answerError(answered, authority);
  if (error) {
    socket.destroy();
    return failed(error);
  }
  return { kind: "open", socket, address, bytesBefore: socket.bytesRead - socket.readableLength };
}

function requestOf({ authorization }: HttpProxy, authority: string): string {
  const credentials = authorization === null ? "" : `Proxy-Authorization: ${authorization}\r\n`;
  return `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${credentials}\r\n`;
}

/** A connection to the proxy itself, or why there is none. */
async function reach(
  { host, port, isTls }: HttpProxy,
  { resolve, signal, totalMs }: Options,
): Promise<{ socket: Socket } | AttemptError> {
  const late = () => unreachable(`did not answer within ${inWords(totalMs)}`);
  let addresses: string[];
  try {
    addresses = isIP(host) ? [host] : await resolve(host, signal);
  } catch (error) {
    return signal.aborted ? late() : unreachable(`is not found in DNS (${codeOf(error)})`);
  }
  if (addresses.length === 0) return unreachable("has no address in DNS");
  const tcp = await connectFirst(addresses, port, signal);
  if (tcp === "aborted") return late();
  if (tcp instanceof Error) return unreachable(`cannot be connected to (${codeOf(tcp)})`);
  if (!isTls) return { socket: tcp };
  const tls = await secure(
    tcp,
    { host, secureContext: ownContext(), session: undefined, onSession() {} },
    signal,
  );
  if (tls === "aborted") return late();
  return tls.error ? unreachable(`fails in TLS (${codeOf(tls.error)})`) : { socket: tls.socket };
}

let context: ReturnType<typeof createSecureContext> | undefined;
/** For the proxy: it is shown no certificate of a customer's. */
const ownContext = () => (context ??= createSecureContext({ minVersion: "TLSv1.2" }));

/** Asks, and reads the head of the answer; what is wrong with it in words. What came behind it is put back. */
function ask(
  socket: Socket,
  request: string,
  signal: AbortSignal,
): Promise<ProxyAnswer | string | "aborted"> {
  return new Promise((settle) => {
    const reader = new HeadReader();
    const end = (result: ProxyAnswer | string) => {
      signal.removeEventListener("abort", onAbort);
      socket.off("data", onData).off("end", onEnd).off("close", onEnd).pause();
      settle(result);
    };
    const onAbort = () => end("aborted");
    const onEnd = () => end("it closed the connection without an answer");
    const onData = (bytes: Buffer) => {
      const read = reader.read(bytes);
      if (reader.defect !== null || reader.bytes > maxHeadBytes) return end(reader.defect ?? "it has no end");
      if (!reader.head) return;
      end(proxyAnswer(reader.head));
      if (read < bytes.length) socket.unshift(bytes.subarray(read));
    };
    socket.on("error", () => socket.destroy());
    socket.on("data", onData).on("end", onEnd).on("close", onEnd);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) return onAbort();
    socket.write(request);
  });
}

const maxHeadBytes = 64 * 1024;
