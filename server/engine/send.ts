import { createSecureContext } from "node:tls";
import type { AttemptError, Outcome, Peer, ReceivedResponse, Timings } from "@/domain/delivery/outcome";
import type { Cidr } from "@/domain/network/address";
import { type Connection, Connections } from "./connections";
import { type Dialled, type DialTimings, dial } from "./dial";
import { type Exchanged, exchange } from "./exchange";
import { type Resolve, systemResolve } from "./resolve";
import { Deadline } from "./send-deadline";

export type SendRequest = {
  /** Connections are kept per pool and never shared between pools: a webhook's id. */
  pool: string;
  /** `https:`, and accepted by `checkTarget`. */
  url: string;
  headers: Record<string, string>;
  body: string;
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
  /** One deadline for a whole attempt, in milliseconds. */
  timeoutMs: number;
  /** Ranges that may be targets although they are not public. */
  allow: readonly Cidr[];
  resolve?: Resolve;
  /** Epoch milliseconds. */
  clock?: () => number;
};

export function createSender(options: SenderOptions): Sender {
  const { timeoutMs, allow, resolve = systemResolve, clock = Date.now } = options;
  const secureContext = createSecureContext({ minVersion: "TLSv1.2" });
  const connections = new Connections();
  const inFlight = new Set<Promise<Outcome>>();
  let isClosed = false;

  return {
    send(request) {
      if (isClosed) return Promise.reject(new Error("The sender is closed."));
      const attempt = makeAttempt(request);
      inFlight.add(attempt);
      return attempt.finally(() => inFlight.delete(attempt));
    },

    async close() {
      isClosed = true;
      connections.close();
      await Promise.allSettled(inFlight);
    },
  };

  async function makeAttempt(request: SendRequest): Promise<Outcome> {
    const url = new URL(request.url);
    if (url.protocol !== "https:") throw new Error(`Webhooks go over https:, not ${url.protocol}`);
    request.signal?.throwIfAborted();
    const startedAt = clock();
    const deadline = new Deadline(timeoutMs, request.signal);
    try {
      const { timings, peer, result } = await post(request, url, deadline);
      request.signal?.throwIfAborted();
      return { startedAt, durationMs: Math.round(deadline.elapsedMs()), timings, peer, ...result };
    } finally {
      deadline.clear();
    }
  }

  async function post(request: SendRequest, url: URL, deadline: Deadline): Promise<Posted> {
    const kept = connections.take(request.pool, url.origin);
    if (kept) {
      const exchanged = await postOn(kept, request, url, deadline);
      // The receiver closed it as we wrote, and not one byte came back: a new one, within the same attempt.
      const isStale = exchanged.kind === "failed" && exchanged.isUnanswered;
      if (!isStale) return posted(notDialled, { ...kept.peer, reused: true }, exchanged);
    }
    const dialled = await dialWithin(url, deadline);
    const { timings, peer } = dialled;
    if (dialled.kind === "failed") return posted(timings, peer, dialled);
    const fresh = connections.open(request.pool, url.origin, dialled.socket, peer);
    return posted(timings, peer, await postOn(fresh, request, url, deadline));
  }

  function dialWithin(url: URL, deadline: Deadline): Promise<Dialled> {
    const abort = new AbortController();
    deadline.whenOver(() => abort.abort());
    return dial(url, { allow, resolve, secureContext, signal: abort.signal, totalMs: timeoutMs });
  }

  async function postOn(
    connection: Connection,
    { headers, body }: SendRequest,
    url: URL,
    deadline: Deadline,
  ): Promise<Exchanged> {
    const message = {
      path: url.pathname + url.search,
      headers: Object.assign({}, headers, { "Accept-Encoding": "identity" }),
      body,
    };
    try {
      return await exchange(connection, message, deadline);
    } finally {
      connections.give(connection);
    }
  }
}

type Posted = { timings: Timings; peer: Peer; result: Result };
type Result =
  | { kind: "response"; status: number; response: ReceivedResponse }
  | { kind: "error"; error: AttemptError };

const notDialled: DialTimings = { dns: null, connect: null, tls: null };

function posted(
  { dns, connect, tls }: DialTimings,
  peer: Peer,
  end: Exchanged | { kind: "failed"; error: AttemptError },
): Posted {
  const { firstByteMs, bodyMs } = "firstByteMs" in end ? end : { firstByteMs: null, bodyMs: null };
  const timings = {
    dns: tenths(dns),
    connect: tenths(connect),
    tls: tenths(tls),
    first_byte: tenths(firstByteMs),
    body: tenths(bodyMs),
  };
  const result: Result =
    end.kind === "response"
      ? { kind: "response", status: end.status, response: end.response }
      : { kind: "error", error: end.error };
  return { timings, peer, result };
}

const tenths = (ms: number | null) => (ms === null ? null : Math.round(ms * 10) / 10);
