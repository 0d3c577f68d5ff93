import { eq } from "drizzle-orm";
import { dueAsAsked } from "@/domain/delivery/redelivery";
import { thisChange } from "../connection/change";
import type { Database } from "../connection/connection";
import { deliveries } from "../schema/tables";

/** What had ended gets a fresh schedule; what waits just becomes due. Refresh the queue row after it. */
export async function sendAgain(db: Database, key: number, wasPending: boolean, now: number): Promise<void> {
  await db
    .update(deliveries)
    .set({ ...dueAsAsked(wasPending, now), change: thisChange })
    .where(eq(deliveries.key, key));
}
