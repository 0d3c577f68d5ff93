import { eq, sql } from "drizzle-orm";
import { platformAudited } from "@/domain/audit/access";
import type { DeliveryPause, PlatformStore } from "../../store";
import { auditWriter } from "../access/audit-log";
import type { Connection } from "../connection/connection";
import { deliveryPause } from "../schema/tables";

type Verbs = Pick<PlatformStore, "pauseDelivery" | "resumeDelivery" | "findDeliveryPause">;

/** In a select: since when an operator holds all delivery; null while nobody does. */
export const allPausedAt = sql<number | null>`(select paused_at from delivery_pause where "only" = 1)`;

const isIt = eq(deliveryPause.only, 1);

export function deliveryPauseVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const audit = auditWriter(connection);
  return {
    pauseDelivery: (by) =>
      write(() => {
        const found = findPause(connection);
        if (found) return found;
        const pause = { pausedAt: clock(), pausedBy: by.name };
        db.insert(deliveryPause).values(pause).run();
        audit(null, platformAudited("platform.delivery_paused"), by);
        return pause;
      }),
    resumeDelivery: (by) =>
      write(() => {
        if (db.delete(deliveryPause).where(isIt).run().changes === 0) return false;
        audit(null, platformAudited("platform.delivery_resumed"), by);
        return true;
      }),
    findDeliveryPause: async () => findPause(connection),
  };
}

/** That all delivery is held, if it is. */
export function findPause({ db }: Connection): DeliveryPause | null {
  const row = db.select().from(deliveryPause).where(isIt).get();
  return row ? { pausedAt: row.pausedAt, pausedBy: row.pausedBy } : null;
}
