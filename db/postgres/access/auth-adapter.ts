import { drizzleAdapter } from "better-auth/adapters/drizzle";
import type { AuthAdapter } from "../../opened";
import type { Connection } from "../connection/connection";
import { accounts, sessions, users } from "../schema/auth-tables";

/** better-auth's tables over the store's own connections. Each call is one statement with its own commit. */
export function openAuthAdapter({ db }: Connection): AuthAdapter {
  const schema = { user: users, session: sessions, account: accounts };
  return drizzleAdapter(db, { provider: "pg", schema });
}
