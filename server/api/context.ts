import type { ByteShare } from "@/domain/byte-budget";
import { keyExpired, tooMany, unauthorized } from "@/domain/errors";
import { siteOf } from "@/domain/network/site";
import { shareOf } from "@/server/auth/body-shares";
import { authenticate } from "@/server/auth/identify";
import type { Principal } from "@/server/auth/principal";
import type { CallHeaders } from "@/server/http/call";
import { requestIdOf } from "@/server/http/request-id";
import { type Runtime, runtime } from "@/server/process/runtime";
import { type Answers, createAnswers } from "./answers";
import { dataAgeOf } from "./data-age";

/** What every procedure knows of the request that it serves. */
export type Context = {
  runtime: Runtime;
  headers: CallHeaders;
  /** The address by which this request reached us, without a slash at its end. */
  site: () => string;
  /** Names this request in the log and in the answer to a fault of ours. */
  requestId: string;
  /** Who calls, asked for once per request. Throws ApiError 401 and 429. */
  admit: () => Promise<Principal>;
  /** What the bodies of this caller may hold, to be taken before they are read. Throws like `admit`. */
  share: () => Promise<ByteShare>;
  /**
   * Answers a query when it is this customer's turn. The turn of a request lasts until it is answered as a whole,
   * since writing a large answer is work too.
   */
  inQueryTurn: <T>(customerId: string, query: () => Promise<T>) => Promise<T>;
  /** Ends what the request holds, once it is answered. */
  release: () => void;
  /** Why the body is refused, or what broke over it. Procedures throw it once the caller may call. */
  bodyRefusal: Error | null;
  answers: Answers;
  /** A header that says how old what a query answers may be; none while that is as of now. */
  dataAge: () => Record<string, string>;
  /** What else the answer says in headers; procedures add to it. */
  answerHeaders: Record<string, string>;
};

/** The context of one HTTP request of so many calls; whoever makes it releases it. */
export function createContext(headers: CallHeaders, calls = 1): Context {
  const running = runtime();
  let admitted: Promise<Principal> | undefined;
  let share: ByteShare | undefined;
  let turn: Promise<() => void> | undefined;
  return {
    runtime: running,
    headers,
    site: () => siteOf(running.env, headers),
    requestId: requestIdOf(headers) ?? running.newId(),
    admit,
    async share() {
      const caller = await admit();
      share ??= shareOf(running.auth.bodies, caller);
      return share;
    },
    async inQueryTurn(customerId, query) {
      turn ??= running.auth.queries.enter(customerId);
      await turn;
      return query();
    },
    release() {
      share?.release();
      void turn?.then((end) => end());
    },
    bodyRefusal: null,
    answers: createAnswers(),
    dataAge: dataAgeOf(running),
    answerHeaders: {},
  };

  function admit(): Promise<Principal> {
    admitted ??= admitOnce(headers, running, calls);
    return admitted;
  }
}

/** The same for a page, which calls while it is rendered, and nobody can tell what it calls last. */
export function createPageContext(headers: CallHeaders): Context {
  const context = createContext(headers);
  return {
    ...context,
    async inQueryTurn(customerId, query) {
      const end = await context.runtime.auth.queries.enter(customerId);
      return query().finally(end);
    },
  };
}

async function admitOnce(headers: CallHeaders, { auth, env }: Runtime, calls: number): Promise<Principal> {
  const caller = await findCaller(headers);
  if (caller.kind === "key" && auth.keyRequests) {
    const waitMs = auth.keyRequests.take(caller.keyId, calls);
    if (waitMs > 0) throw tooMany(waitSentence(calls, env.rateLimit ?? calls), Math.ceil(waitMs / 1000));
  }
  return caller;
}

function waitSentence(calls: number, limit: number): string {
  if (calls <= limit) return "This key has used up its requests for now.";
  return `This key may make ${limit} calls a minute, and this batch has ${calls}. Send smaller batches.`;
}

/** Who calls, as of now. Throws ApiError 401, and 429 to those who guess keys. */
export async function findCaller(headers: CallHeaders): Promise<Principal> {
  const found = await authenticate(headers);
  if (found === null || found.kind === "wrong_key") throw unauthorized();
  if (found.kind === "expired_key") throw keyExpired(found.expiresAt);
  if (found.kind === "too_many_guesses") {
    throw tooMany("Too many wrong keys came from your network.", found.retryAfterSeconds);
  }
  return found;
}
