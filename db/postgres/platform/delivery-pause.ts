import { sql } from "drizzle-orm";
import type { PlatformStore } from "../../store";
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
      write(async ({ db, now }) => {
        // An update that changes nothing, so that the row of who was first is answered.
        const kept = { only: sql`${deliveryPause.only}` };
        const rows = db.insert(deliveryPause).values({ pausedAt: now, pausedBy: by });
        return onlyOne(
          await rows.onConflictDoUpdate({ target: deliveryPause.only, set: kept }).returning(pause),
        );
      }),
    resumeDelivery: () =>
      write(async ({ db }) => {
        const { rowCount } = await db.delete(deliveryPause);
        return (rowCount ?? 0) > 0;
      }),
    findDeliveryPause: async () => {
      const [row] = await db.select(pause).from(deliveryPause);
      return row ?? null;
    },
  };
}
