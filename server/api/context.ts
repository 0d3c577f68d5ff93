import { authenticate } from "@/server/auth/identify";
import type { Principal } from "@/server/auth/principal";
import { type ApiError, tooMany, unauthorized } from "@/server/domain/errors";
import { type Runtime, runtime } from "@/server/runtime";

/** What every procedure knows of the request that it serves. */
export type Context = {
  runtime: Runtime;
  headers: Headers;
  /** Names this request in the log and in the answer to a fault of ours. */
  requestId: string;
  /** Who calls, asked for once per request. Throws ApiError 401 and 429. */
  admit: () => Promise<Principal>;
  /** Why the body is refused. Procedures throw it once they know that the caller may call. */
  bodyRefusal: ApiError | null;
};

/** The context of one HTTP request, or of a page that is rendered for one. */
export function createContext(headers: Headers, bodyRefusal: ApiError | null = null): Context {
  const running = runtime();
  let admitted: Promise<Principal> | undefined;
  return {
    runtime: running,
    headers,
    requestId: running.newId(),
    admit: () => {
      admitted ??= admit(headers, running);
      return admitted;
    },
    bodyRefusal,
  };
}

async function admit(headers: Headers, { auth }: Runtime): Promise<Principal> {
  const caller = await findCaller(headers);
  if (caller.kind === "key" && auth.keyRequests) {
    const waitMs = auth.keyRequests.take(caller.keyId);
    if (waitMs > 0) throw tooMany("This key has used up its requests for now.", Math.ceil(waitMs / 1000));
  }
  return caller;
}

/** Who calls, as of now. Throws ApiError 401, and 429 to those who guess keys. */
export async function findCaller(headers: Headers): Promise<Principal> {
  const found = await authenticate(headers);
  if (found === null || found.kind === "wrong_key") throw unauthorized();
  if (found.kind === "too_many_guesses") {
    throw tooMany("Too many wrong keys came from your network.", found.retryAfterSeconds);
  }
  return found;
}
