import type { SecureContext } from "node:tls";
import type { AttemptError, Outcome, Peer, Timings } from "@/domain/delivery/outcome";
import type { Cidr } from "@/domain/network/address";
import type { HttpProxy } from "@/domain/network/http-proxy";
import { timeoutOf } from "@/domain/webhook/timeout";
import { type Connection, Connections } from "./connections";
import { type Dialled, type DialTimings, dial } from "./dial";
import { type Exchanged, exchange } from "./exchange";
import { greetInHttp2 } from "./http2-look";
import { Identities, type Identity } from "./identities";
import { requestBytes, targetOf } from "./request-bytes";
import { type Resolve, systemResolve } from "./resolve";
import { Deadline } from "./send-deadline";
import { type SessionsOf, TlsSessions } from "./tls-sessions";
import { Underway } from "./underway";

export type SendRequest = {
  /** Connections are kept per pool and never shared between pools: a webhook's id. */
  pool: string;
  /** `https:`, and accepted by `checkTarget`. */
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Shown to an endpoint that asks for a client certificate. */
  identity?: Identity | null;
  /** The deadline of this attempt, in milliseconds, where it is shorter than that of any. */
  timeoutMs?: number | null;
  signal?: AbortSignal;
};

export type Sender = {
  /**
   * Makes one attempt to POST. Whatever networks and receivers do is an outcome; rejects only with the reason of
   * an aborted signal, or for a bug of ours.
   */
  send(request: SendRequest): Promise<Outcome>;
  /** Ends idle connections, and waits for the attempts in flight. */
  close(): Promise<void>;
};

export type SenderOptions = {
  /** One deadline for a whole attempt, in milliseconds: no request has a longer one. */
  timeoutMs: number;
  /** Ranges that may be targets although they are not public. */
  allow: readonly Cidr[];
  resolve?: Resolve;
  /** Everything goes out by it; null when the way is straight. */
  proxy?: HttpProxy | null;
  /** Told after each use of the proxy how that failed; null when it did not. */
  onProxy?: (trouble: AttemptError | null) => void;
  /** Epoch milliseconds. */
  clock?: () => number;
};

export function createSender(options: SenderOptions): Sender {
  const { allow, resolve = systemResolve, proxy = null, onProxy, clock = Date.now } = options;
  const identities = new Identities();
  const connections = new Connections();
  const sessions = new TlsSessions(clock);
  const inFlight = new Underway();
  let isClosed = false;

  return {
    async send(request) {
      if (isClosed) throw new Error("The sender is closed.");
      const attempt = { place: 0 };
      inFlight.add(attempt);
      try {
        return await makeAttempt(request);
      } finally {
        inFlight.remove(attempt);
      }
    },

    async close() {
      isClosed = true;
      connections.close();
      await inFlight.whenEmpty();
    },
  };

  async function makeAttempt(request: SendRequest): Promise<Outcome> {
    request.signal?.throwIfAborted();
    const startedAt = clock();
    const deadline = new Deadline(timeoutOf(request, options.timeoutMs), request.signal);
    try {
      const { timings, peer, end } = await post(outgoingOf(request), deadline);
      if (request.identity) peer.facts = { ...peer.facts, hasIdentity: true };
      request.signal?.throwIfAborted();
      const durationMs = Math.round(deadline.elapsedMs());
      // Named one by one: spreading what both share takes far longer.
      if (end.kind === "failed")
        return { kind: "error", startedAt, durationMs, timings, peer, error: end.error };
      const { status, response } = end;
      return { kind: "response", startedAt, durationMs, timings, peer, status, response };
    } finally {
      deadline.clear();
    }
  }

  function outgoingOf({ pool, url, headers, body, identity = null }: SendRequest): Outgoing {
    const { name, secureContext } = identities.of(identity);
    return { pool: pool + name, url, headers, body, secureContext };
  }

  async function post(request: Outgoing, deadline: Deadline): Promise<Posted> {
    const kept = connections.take(request.pool, request.url);
    if (!kept) return postAnew(request, deadline);
    const exchanged = await postOn(kept, request, deadline);
    // The receiver closed it as we wrote, and not one byte came back: a new one, within the same attempt.
    const isStale = exchanged.kind === "failed" && exchanged.isUnanswered;
    if (!isStale) return posted(notDialled, { ...kept.peer, reused: true }, exchanged);
    connections.wasStale(kept);
    const again = await postAnew(request, deadline);
    const { idleMs } = exchanged.facts;
    return { ...again, peer: { ...again.peer, facts: { ...again.peer.facts, resent: true, idleMs } } };
  }

  async function postAnew(request: Outgoing, deadline: Deadline): Promise<Posted> {
    const url = new URL(request.url);
    if (url.protocol !== "https:") throw new Error(`Webhooks go over https:, not ${url.protocol}`);
    const sessionsHere = sessions.of(request.pool, url.origin);
    const { secureContext } = request;
    const dialled = await dialWithin(url, { sessions: sessionsHere, secureContext }, deadline);
    const { timings, peer } = dialled;
    if (dialled.kind === "failed") return posted(timings, peer, dialled);
    const fresh = connections.open(request.pool, targetOf(request.url, url), dialled.socket, peer);
    const exchanged = await postOn(fresh, request, deadline);
    if (exchanged.kind === "failed") {
      if (dialled.isResumed) sessionsHere.distrust();
      if (mayWantHttp2(exchanged))
        exchanged.facts.toHttp2 = await lookForHttp2(
          url,
          { sessions: sessionsHere, secureContext },
          deadline,
        );
    }
    return posted(timings, peer, exchanged);
  }

  async function lookForHttp2(url: URL, tls: TlsOf, deadline: Deadline): Promise<string> {
    const dialled = await dialWithin(url, tls, deadline);
    return dialled.kind === "connected" ? greetInHttp2(dialled.socket, deadline) : "";
  }

  async function dialWithin(url: URL, tls: TlsOf, deadline: Deadline): Promise<Dialled> {
    const abort = new AbortController();
    deadline.whenOver(() => abort.abort());
    const { signal } = abort;
    const dialled = await dial(url, {
      allow,
      resolve,
      proxy,
      ...tls,
      clock,
      signal,
      totalMs: deadline.totalMs,
    });
    if (proxy && dialled.timings.connect !== null)
      onProxy?.(dialled.kind === "failed" ? dialled.error : null);
    return dialled;
  }

  async function postOn(
    connection: Connection,
    { headers, body }: Outgoing,
    deadline: Deadline,
  ): Promise<Exchanged> {
    try {
      return await exchange(connection, requestBytes(connection.target, headers, body), deadline);
    } finally {
      connections.give(connection);
    }
  }
}

/** A request in the pool of its webhook and identity, and how TLS is spoken there. */
type Outgoing = Pick<SendRequest, "pool" | "url" | "headers" | "body"> & { secureContext: SecureContext };

type TlsOf = { sessions: SessionsOf; secureContext: SecureContext };

/** How an attempt ended; the end of a request tells its times too. */
type End = Exchanged | { kind: "failed"; error: AttemptError };
type Posted = { timings: Timings; peer: Peer; end: End };

/** It closed at once without a word, and had not agreed to HTTP/1.1. */
const mayWantHttp2 = ({ isUnanswered, facts, firstByteMs }: Exchanged & { kind: "failed" }) =>
  isUnanswered && !facts.choseHttp && (firstByteMs ?? 0) < atOnceMs;

const atOnceMs = 900;

const notDialled: DialTimings = { dns: null, connect: null, tls: null };

function posted({ dns, connect, tls }: DialTimings, peer: Peer, end: End): Posted {
  const isExchanged = "firstByteMs" in end;
  const facts = isExchanged && end.kind === "failed" ? end.facts : undefined;
  const timings = {
    dns: tenths(dns),
    connect: tenths(connect),
    tls: tenths(tls),
    first_byte: isExchanged ? tenths(end.firstByteMs) : null,
    body: isExchanged ? tenths(end.bodyMs) : null,
  };
  return { timings, peer: facts ? { ...peer, facts } : peer, end };
}

const tenths = (ms: number | null) => (ms === null ? null : Math.round(ms * 10) / 10);
