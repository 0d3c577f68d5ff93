import { eq } from "drizzle-orm";
import type { Editable } from "@/domain/webhook/edit";
import { standingColumns } from "../../rows/webhook-columns";
import type { Database } from "../connection/connection";
import { saveQueues } from "../queue/queue-row";
import { webhooks } from "../schema/tables";

/** Writes what an edit comes to. The queue is locked by then. */
export async function saveEdited(
  db: Database,
  webhookKey: number,
  { settings, standing, queue }: Editable,
): Promise<void> {
  const columns = { ...settings, ...standingColumns(standing) };
  await db.update(webhooks).set(columns).where(eq(webhooks.key, webhookKey));
  await saveQueues(db, [{ webhookKey, queue }]);
}
