import type { Auth } from "./auth";
import { newToken } from "./keys";
import { findByEmail } from "./person";

const lastsMs = 60 * 60 * 1000;
/** What better-auth files the tokens of reset links under; only digests are stored. */
const identifierOf = (token: string) => `reset-password:${token}`;

/** A link by which a person sets a new password, once, within an hour. Null when nobody has that address. */
export async function createResetLink(auth: Auth, email: string): Promise<string | null> {
  const found = await findByEmail(auth, email);
  if (!found) return null;
  const { adapter, internalAdapter } = await auth.accounts.$context;
  const { token } = newToken();
  // Only the newest link of a person works.
  await adapter.deleteMany({ model: "verification", where: [{ field: "value", value: found.user.id }] });
  await internalAdapter.createVerificationValue({
    identifier: identifierOf(token),
    value: found.user.id,
    expiresAt: new Date(Date.now() + lastsMs),
  });
  return `${auth.env.publicUrl}/reset/${token}`;
}

/** Whether a link could still be used. Looking does not use it up. */
export async function isResetLinkOpen({ accounts }: Auth, token: string): Promise<boolean> {
  const { internalAdapter } = await accounts.$context;
  const found = await internalAdapter.findVerificationValue(identifierOf(token));
  return found !== null && found.expiresAt.getTime() > Date.now();
}
