import { eq, lt } from "drizzle-orm";
import { system as fanfare } from "@/domain/audit/actor";
import { webhookAudited } from "@/domain/audit/webhook";
import { listenerLimits } from "@/domain/limits";
import { deletedWebhook } from "@/domain/webhook/edit";
import { auditWriter } from "../access/audit-log";
import type { Connection } from "../connection/connection";
import { counters } from "../queue/counters";
import { webhooks } from "../schema/tables";

/** Deletes a listener that nobody came back to. Answers whether there was one. Only inside `write`. */
export function listenerExpiry(connection: Connection): () => boolean {
  const { db, clock } = connection;
  const audit = auditWriter(connection);
  const { bury } = counters(connection);

  return () => {
    const now = clock();
    const gone = db
      .select()
      .from(webhooks)
      .where(lt(webhooks.listenerHeardAt, now - listenerLimits.keptMs))
      .limit(1)
      .get();
    if (!gone) return false;
    audit(gone.customerKey, webhookAudited("webhook.deleted", gone), fanfare);
    db.update(webhooks).set(deletedWebhook(now)).where(eq(webhooks.key, gone.key)).run();
    bury(gone.key);
    return true;
  };
}
