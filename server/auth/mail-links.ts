import { createHmac, hkdfSync } from "node:crypto";
import { isSameText } from "./keys";

type Secret = { authSecret: string };

/** The path where a person ends all mails, without signing in. It never ends: a mail may be read years later. */
export const unsubscribePath = (env: Secret, userId: string) =>
  `/unsubscribe/${sign(env, "unsubscribe", { userId })}`;

/** Whose mails a token ends; null when nobody made it. */
export const readUnsubscribe = (env: Secret, token: string): string | null =>
  open<{ userId: string }>(env, "unsubscribe", token)?.userId ?? null;

/** An address that is a person's if they can read this link, until `endsAt` (epoch milliseconds). */
export type AddressProof = { userId: string; address: string; endsAt: number };

export const addressPath = (env: Secret, proof: AddressProof) =>
  `/confirm-address/${sign(env, "address", proof)}`;

/** Null when nobody made it, or its time is over. */
export function readAddressProof(env: Secret, token: string, now: number): AddressProof | null {
  const proof = open<AddressProof>(env, "address", token);
  return proof && proof.endsAt > now ? proof : null;
}

type Purpose = "unsubscribe" | "address";

function sign(env: Secret, purpose: Purpose, content: object): string {
  const body = Buffer.from(JSON.stringify(content)).toString("base64url");
  return `${body}.${macOf(env, purpose, body)}`;
}

function open<Content>(env: Secret, purpose: Purpose, token: string): Content | null {
  const [body = "", mac = ""] = token.split(".");
  if (!isSameText(mac, macOf(env, purpose, body))) return null;
  return JSON.parse(Buffer.from(body, "base64url").toString()) as Content;
}

/** For each purpose a key of its own, so that no link is good for what another is. */
function macOf({ authSecret }: Secret, purpose: Purpose, body: string): string {
  const key = Buffer.from(hkdfSync("sha256", authSecret, "", `fanfare mail link 1 ${purpose}`, 32));
  return createHmac("sha256", key).update(body).digest("base64url");
}
