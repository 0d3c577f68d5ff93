import { createHmac } from "node:crypto";
import type { Auth } from "./auth";
import { platformKeys } from "./platform-keys";

/**
 * What the store may keep of the token of a link or session that the platform's key let in, the newest first. It depends
 * on that key and on the secret of sessions: whoever replaces either ends all that came by it, but for what came by a
 * previous key, which ends with that.
 */
export const tokenHashes = (auth: Auth, token: string): string[] =>
  platformKeys(auth.env).map((key) => hashBy(auth, key, token));

/** What is kept of a new one. */
export const newTokenHash = (auth: Auth, token: string): string =>
  hashBy(auth, auth.env.platformApiKey, token);

const hashBy = ({ env }: Auth, key: string, token: string) =>
  createHmac("sha256", `${env.authSecret}\0${key}`).update(token).digest("hex");

/** Asks the store for a token, under each key that counts until one answers. */
export async function byAnyKey<Found>(
  auth: Auth,
  token: string,
  ask: (hash: string) => Promise<Found | null>,
): Promise<Found | null> {
  for (const hash of tokenHashes(auth, token)) {
    const found = await ask(hash);
    if (found !== null) return found;
  }
  return null;
}
