import { setTimeout as pause } from "node:timers/promises";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { drizzle } from "drizzle-orm/better-sqlite3";
import type { AuthAdapter } from "../../opened";
import { isBusy } from "../connection/commit-group";
import type { Connection } from "../connection/connection";
import { accounts, sessions, users } from "../schema/auth-tables";

/** How long a statement is tried again while another process writes. */
const maxBusyMs = 10_000;

/**
 * better-auth's tables over the store's own connection. Each call is one statement with its own commit, so it
 * never runs inside another caller's transaction.
 */
export function openAuthAdapter({ sqlite }: Connection): AuthAdapter {
  const schema = { user: users, session: sessions, account: accounts };
  const open = drizzleAdapter(drizzle(sqlite), { provider: "sqlite", schema });
  return (options) => withPatience(open(options));
}

/** The connection gives up on a busy database soon, because waiting blocks the event loop: try again instead. */
function withPatience<Adapter extends ReturnType<AuthAdapter>>(adapter: Adapter): Adapter {
  const patient: Adapter = new Proxy(adapter, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (name === "transaction") return (body: (adapter: Adapter) => unknown) => body(patient);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => retryBusy(() => member.apply(target, args));
    },
  });
  return patient;
}

async function retryBusy(run: () => unknown): Promise<unknown> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if (!isBusy(error) || performance.now() - startedAt > maxBusyMs) throw error;
      await pause(1 + Math.random() * 10);
    }
  }
}
