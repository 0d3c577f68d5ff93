import { and, eq, gt } from "drizzle-orm";
import type { PlatformStore } from "../../store";
import type { Connection } from "../connection/connection";
import { platformSessions } from "../schema/tables";

type Verbs = Pick<PlatformStore, "createPlatformSession" | "findPlatformSession" | "endPlatformSession">;

export function platformSessionVerbs({ db, write, clock }: Connection): Verbs {
  return {
    createPlatformSession: ({ hash, name, lastsMs }) =>
      write(() => {
        db.insert(platformSessions)
          .values({ hash, name, expiresAt: clock() + lastsMs })
          .run();
      }),
    findPlatformSession: async (hash) => {
      const isOpen = and(eq(platformSessions.hash, hash), gt(platformSessions.expiresAt, clock()));
      const row = db.select().from(platformSessions).where(isOpen).get();
      return row ? { name: row.name, expiresAt: row.expiresAt } : null;
    },
    endPlatformSession: (hash) =>
      write(() => {
        db.delete(platformSessions).where(eq(platformSessions.hash, hash)).run();
      }),
  };
}
