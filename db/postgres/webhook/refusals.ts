import { and, count, desc, eq, min, sql } from "drizzle-orm";
import { readRefusal } from "@/domain/delivery/refusal";
import { answerLimits } from "@/domain/limits";
import type { WebhookStore } from "../../store";
import { byBytes } from "../connection/by-bytes";
import type { Connection, Database } from "../connection/connection";
import { deliveries, events } from "../schema/tables";
import { findWebhook } from "./webhook-finder";

export function refusalVerbs({ db }: Connection): Pick<WebhookStore, "listRefusals"> {
  return {
    listRefusals: async (customerId, webhookId) => {
      const webhook = await findWebhook(db, customerId, webhookId);
      if (!webhook) return [];
      const groups = await listGroups(db, webhook.key);
      return groups.map(({ refusal, size, oldestAt }) => ({
        ...readRefusal(refusal ?? ""),
        count: size,
        oldestAt: oldestAt ?? 0,
      }));
    },
  };
}

async function listGroups(db: Database, webhookKey: number) {
  const groups = db
    .select({
      refusal: deliveries.refusal,
      size: count().as("size"),
      oldest: min(deliveries.key).as("oldest"),
    })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.webhookKey, webhookKey),
        // In words that the index of what is set aside is made with.
        sql`${deliveries.status} = 'pending' and ${deliveries.refusal} is not null`,
      ),
    )
    .groupBy(deliveries.refusal)
    .orderBy(desc(sql`size`), byBytes(deliveries.refusal))
    .limit(answerLimits.refusalGroups)
    .as("groups");
  return db
    .select({ refusal: groups.refusal, size: groups.size, oldestAt: events.createdAt })
    .from(groups)
    .innerJoin(deliveries, eq(deliveries.key, groups.oldest))
    .innerJoin(events, eq(events.key, deliveries.eventKey))
    .orderBy(desc(groups.size), byBytes(groups.refusal));
}
