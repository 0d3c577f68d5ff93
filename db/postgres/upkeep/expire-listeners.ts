import { eq, lt } from "drizzle-orm";
import { system } from "@/domain/audit/actor";
import { webhookAudited } from "@/domain/audit/webhook";
import { listenerLimits } from "@/domain/limits";
import { deletedWebhook } from "@/domain/webhook/edit";
import { audit } from "../access/audit-log";
import type { Transaction } from "../connection/connection";
import { buryCounted } from "../queue/counters";
import { customers, webhooks } from "../schema/tables";
import { lockWebhook } from "../webhook/lock-webhook";

/** Deletes a listener that nobody came back to. Answers whether there was one. */
export async function expireListeners(tx: Transaction): Promise<boolean> {
  const { db, now } = tx;
  const isOver = (heardAt: number | null) => heardAt !== null && heardAt < now - listenerLimits.keptMs;
  const [found] = await db
    .select({ customerId: customers.id, webhookId: webhooks.id })
    .from(webhooks)
    .innerJoin(customers, eq(customers.key, webhooks.customerKey))
    .where(lt(webhooks.listenerHeardAt, now - listenerLimits.keptMs))
    .limit(1);
  const gone = found && (await lockWebhook(db, found.customerId, found.webhookId))?.webhook;
  if (!gone || !isOver(gone.listenerHeardAt)) return false; // somebody came back meanwhile
  await db.update(webhooks).set(deletedWebhook(now)).where(eq(webhooks.key, gone.key));
  await audit(tx, gone.customerKey, webhookAudited("webhook.deleted", gone), system);
  await buryCounted(db, gone.key);
  return true;
}
