import { forbidden, notFound } from "@/domain/errors";
import type { Principal } from "@/server/auth/principal";
import type { Context } from "./context";

/** Who may call a procedure. */
export type Access =
  /** Any key or session. */
  | "anyone"
  /** The platform key alone. */
  | "platform"
  /** For one customer: its keys, the platform key with X-Customer-Id, and every role of its people. */
  | "read"
  /** The same, without viewers and keys that may only read. */
  | "change"
  /** As to read; the platform key without X-Customer-Id sees what is told to the platform. */
  | "log"
  /** The platform key, and owners for their own customer. */
  | "keys"
  /** Owners who signed in themselves. */
  | "team"
  /** Whoever is signed in, in the dashboard or by a portal link. */
  | "session"
  /** Whoever is signed in with an account of their own. */
  | "person";

/** A caller that may call, and the customer that it speaks for; null when the call names one itself. */
export type Grant = { caller: Principal; customerId: string | null };

/** Throws ApiError 401, 403 and, when the platform names an unknown customer, 404. */
export async function authorise(access: Access, context: Context): Promise<Grant> {
  const caller = await context.admit();
  const refusal = refusalOf(access, caller);
  if (refusal !== null) throw forbidden(refusal);
  if (caller.kind !== "platform") return { caller, customerId: caller.customerId };
  const isForOneCustomer =
    access === "read" || access === "change" || (access === "log" && context.headers.has("x-customer-id"));
  return { caller, customerId: isForOneCustomer ? await namedCustomer(context) : null };
}

function refusalOf(access: Access, caller: Principal): string | null {
  const isOwner = caller.kind === "member" && caller.role === "owner" && !caller.isPortal;
  switch (access) {
    case "anyone":
    case "read":
    case "log":
      return null;
    case "platform":
      return caller.kind === "platform" ? null : "Only the platform key may do this.";
    case "change":
      return whyOnlyLooking(caller);
    case "keys":
      return isOwner || caller.kind === "platform" ? null : "Only an owner or the platform may manage keys.";
    case "team":
      return isOwner ? null : "Only an owner may manage the team.";
    case "person":
      return caller.kind === "member" && caller.userId !== null && !caller.isPortal
        ? null
        : "This is for people who signed in themselves.";
    case "session":
      return caller.kind === "member" ? null : "This is for signed-in people, not for keys.";
  }
}

/** Whether a caller may also change what it may look at. */
export const mayChange = (caller: Principal) => whyOnlyLooking(caller) === null;

/** Why somebody who may look may not change anything; null when they may. */
function whyOnlyLooking(caller: Principal): string | null {
  if (caller.kind === "member" && caller.role === "viewer") return "A viewer may only look.";
  if (caller.kind === "key" && caller.access === "read")
    return "This API key may only read. What changes or sends anything needs a key with full access.";
  return null;
}

/** Whose keys a call is about: the platform names the customer, an owner may only name their own. */
export async function keysCustomer(context: Context & Grant, named: string | undefined): Promise<string> {
  const own = context.customerId;
  if (named === undefined || named === own) return own ?? namedCustomer(context);
  const customer = await context.runtime.store.findCustomer(named);
  if (!customer || (own !== null && customer.id !== own)) throw notFound("customer");
  return customer.id;
}

async function namedCustomer({ headers, runtime }: Context): Promise<string> {
  const named = headers.get("x-customer-id");
  if (!named) throw forbidden("The platform key names the customer that it speaks for in X-Customer-Id.");
  const customer = await runtime.store.findCustomer(named);
  if (!customer) throw notFound("customer");
  return customer.id;
}
