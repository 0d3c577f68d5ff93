import { findSession } from "../../dashboard/_session/require-session";

/**
 * Who reads this, in words: whoever is signed in may try calls as themselves. Null when nobody is, and when nobody can
 * tell: the documentation is there while the database is away, too.
 */
export async function signedInPerson(): Promise<string | null> {
  const session = await findSession().catch(() => null);
  if (!session) return null;
  const { user, role, customer } = session;
  return user ? `${user.name}, ${role} of ${customer.name}` : `a guest of ${customer.name}`;
}
