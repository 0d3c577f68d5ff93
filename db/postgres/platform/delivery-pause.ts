import { sql } from "drizzle-orm";
import { platformAudited } from "@/domain/audit/access";
import type { PlatformStore } from "../../store";
import { audit } from "../access/audit-log";
import type { Connection } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { deliveryPause } from "../schema/tables";

type Verbs = Pick<PlatformStore, "pauseDelivery" | "resumeDelivery" | "findDeliveryPause">;

/** In a select: since when an operator holds all delivery; null while nobody does. */
export const allPausedAt = sql<
  number | null
>`(select ${deliveryPause.pausedAt} from ${deliveryPause})`.mapWith(deliveryPause.pausedAt);

const pause = { pausedAt: deliveryPause.pausedAt, pausedBy: deliveryPause.pausedBy };

export function deliveryPauseVerbs({ db, write }: Connection): Verbs {
  return {
    pauseDelivery: (by) =>
      write(async (tx) => {
        // An update that changes nothing, so that the row of who was first is answered.
        const kept = { only: sql`${deliveryPause.only}` };
        const rows = tx.db.insert(deliveryPause).values({ pausedAt: tx.now, pausedBy: by.name });
        const { isNew, ...found } = onlyOne(
          await rows
            .onConflictDoUpdate({ target: deliveryPause.only, set: kept })
            .returning({ ...pause, isNew: sql<boolean>`(xmax = 0)` }),
        );
        if (isNew) await audit(tx, null, platformAudited("platform.delivery_paused"), by);
        return found;
      }),
    resumeDelivery: (by) =>
      write(async (tx) => {
        const { rowCount } = await tx.db.delete(deliveryPause);
        if (!rowCount) return false;
        await audit(tx, null, platformAudited("platform.delivery_resumed"), by);
        return true;
      }),
    findDeliveryPause: async () => {
      const [row] = await db.select(pause).from(deliveryPause);
      return row ?? null;
    },
  };
}
