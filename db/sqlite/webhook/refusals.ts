import { and, count, desc, eq, min, sql } from "drizzle-orm";
import { readRefusal } from "@/domain/delivery/refusal";
import { answerLimits } from "@/domain/limits";
import type { RefusalGroup, WebhookStore } from "../../store";
import type { Connection } from "../connection/connection";
import { deliveries, events } from "../schema/tables";
import { webhookFinder } from "./webhook-finder";

export function refusalVerbs(connection: Connection): Pick<WebhookStore, "listRefusals"> {
  const { db } = connection;
  const findWebhook = webhookFinder(connection);
  const size = count().as("size");
  const selectGroups = db
    .select({ refusal: deliveries.refusal, size, oldest: min(deliveries.key) })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.webhookKey, sql.placeholder("webhookKey")),
        // In words that the index of what is set aside is made with.
        sql`${deliveries.status} = 'pending' and ${deliveries.refusal} is not null`,
      ),
    )
    .groupBy(deliveries.refusal)
    .orderBy(desc(size), deliveries.refusal)
    .limit(answerLimits.refusalGroups)
    .prepare();
  const selectAcceptance = db
    .select({ at: events.createdAt })
    .from(deliveries)
    .innerJoin(events, eq(events.key, deliveries.eventKey))
    .where(eq(deliveries.key, sql.placeholder("key")))
    .prepare();

  return {
    listRefusals: async (customerId, webhookId) => {
      const webhook = findWebhook(customerId, webhookId);
      return webhook ? selectGroups.all({ webhookKey: webhook.key }).map(toGroup) : [];
    },
  };

  function toGroup({
    refusal,
    size,
    oldest,
  }: {
    refusal: string | null;
    size: number;
    oldest: number | null;
  }): RefusalGroup {
    return {
      ...readRefusal(refusal ?? ""),
      count: size,
      oldestAt: selectAcceptance.get({ key: oldest })?.at ?? 0,
    };
  }
}
