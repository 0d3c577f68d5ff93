import type { ApiKey } from "@/db/store";
import type { CallHeaders } from "@/server/http/call";
import { runtime } from "@/server/process/runtime";
import type { Auth } from "./auth";
import { apiKeyMark, hashKey } from "./keys";
import { networkOf } from "./network";
import { findPerson } from "./person";
import { platformKeyOf } from "./platform-keys";
import { findOperator, isAsOperator } from "./platform-session";
import { findPortalSession } from "./portal-session";
import type { Identity } from "./principal";

/** Tells who makes a request, by its key or its cookies. A key beats a cookie, also a wrong one. */
export function authenticate(headers: CallHeaders): Promise<Identity> {
  return identify(runtime().auth, headers);
}

export async function identify(auth: Auth, headers: CallHeaders): Promise<Identity> {
  const key = headers.get("x-api-key");
  if (key !== null) return identifyByKey(auth, headers, key);
  if (isAsOperator(headers)) return identifyOperator(auth, headers);
  return (await identifyPerson(auth, headers)) ?? (await identifyPortal(auth, headers));
}

async function identifyByKey(auth: Auth, headers: CallHeaders, key: string): Promise<Identity> {
  // HTTP hands header bytes over as Latin-1, while a platform key set by hand may be any UTF-8 text.
  const platformKey = platformKeyOf(auth.env, Buffer.from(key, "latin1"));
  if (platformKey === "previous") auth.previousKeyUses += 1;
  if (platformKey !== null) return { kind: "platform", operator: null };
  const found = key.startsWith(apiKeyMark) ? await auth.store.findApiKey(hashKey(key)) : null;
  if (found) return ofKey(auth, found);
  const waitMs = auth.wrongKeys.take(networkOf(headers));
  if (waitMs === 0) return { kind: "wrong_key" };
  auth.forwarders.limited(headers, "wrong keys");
  return { kind: "too_many_guesses", retryAfterSeconds: Math.ceil(waitMs / 1000) };
}

function ofKey({ clock, keyUses }: Auth, { id: keyId, ...key }: ApiKey): Identity {
  const { customerId, name, prefix, access, expiresAt } = key;
  if (expiresAt !== null && expiresAt <= clock()) return { kind: "expired_key", expiresAt };
  keyUses.note(keyId);
  return { kind: "key", customerId, keyId, name: name ?? prefix, access };
}

async function identifyOperator(auth: Auth, headers: CallHeaders): Promise<Identity> {
  const operator = await findOperator(auth, headers);
  return operator === null ? null : { kind: "platform", operator };
}

async function identifyPerson(auth: Auth, headers: CallHeaders): Promise<Identity> {
  const person = await findPerson(auth, headers);
  const member = person && (await auth.store.findMember(person.id));
  if (!member) return null;
  const { customerId, role, userId } = member;
  const { name, email } = person;
  return { kind: "member", customerId, role, userId, name, email, isPortal: false };
}

async function identifyPortal(auth: Auth, headers: CallHeaders): Promise<Identity> {
  const session = await findPortalSession(auth, headers);
  if (!session) return null;
  const { customerId } = session;
  const nobody = { userId: null, name: null, email: null };
  return { kind: "member", customerId, role: "member", ...nobody, isPortal: true };
}
