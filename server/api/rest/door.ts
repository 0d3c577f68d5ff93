import { forbidden, unauthorized } from "@/domain/errors";
import type { Call } from "@/server/http/call";
import { refuseAllButOwnPages, refuseOtherSites } from "@/server/http/sender";
import type { Context } from "../context";

/** Lets a caller in, before anything is told of the call. Throws ApiError 401, 403 and 429. */
export type Door = (request: Call, context: Context) => Promise<void>;

/** Sessions are for the dashboard: a request without a key is nobody's here. */
export const byKey: Door = async ({ headers }, context) => {
  if (!headers.has("x-api-key")) throw unauthorized();
  await context.admit();
};

/** The cookie comes along with whatever page asks: only pages of ours may, as over tRPC. */
export const bySession: Door = async ({ method, headers }, context) => {
  const caller = await context.admit();
  if (caller.kind !== "member")
    throw forbidden("This is for signed-in people. With a key, make the call itself.");
  const onlyLooks = method === "GET" || method === "HEAD";
  const refuse = onlyLooks ? refuseOtherSites : refuseAllButOwnPages;
  refuse(headers, context.site());
};
