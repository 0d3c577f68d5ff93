import { and, eq, gt } from "drizzle-orm";
import type { PlatformStore } from "../../store";
import type { Connection } from "../connection/connection";
import { platformSessions } from "../schema/tables";

type Verbs = Pick<PlatformStore, "createPlatformSession" | "findPlatformSession" | "endPlatformSession">;

export function platformSessionVerbs({ db, write, now }: Connection): Verbs {
  return {
    createPlatformSession: ({ hash, name, lastsMs }) =>
      write(async ({ db, now }) => {
        await db.insert(platformSessions).values({ hash, name, expiresAt: now + lastsMs });
      }),
    findPlatformSession: async (hash) => {
      const isOpen = and(eq(platformSessions.hash, hash), gt(platformSessions.expiresAt, await now()));
      const [row] = await db
        .select({ name: platformSessions.name, expiresAt: platformSessions.expiresAt })
        .from(platformSessions)
        .where(isOpen);
      return row ?? null;
    },
    endPlatformSession: (hash) =>
      write(async ({ db }) => {
        await db.delete(platformSessions).where(eq(platformSessions.hash, hash));
      }),
  };
}
