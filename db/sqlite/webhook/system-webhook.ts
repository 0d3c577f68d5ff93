import { eq } from "drizzle-orm";
import { editWebhook, setPlatformTarget } from "@/domain/webhook/edit";
import { newQueue } from "@/domain/webhook/queue-state";
import { systemEventTypes } from "@/domain/webhook/system-event";
import { systemCustomerId, systemWebhookId } from "../../rows/system-webhook";
import { editableOf } from "../../rows/webhook-columns";
import type { WebhookStore } from "../../store";
import type { Connection } from "../connection/connection";
import { customers, webhookQueue, webhooks } from "../schema/tables";
import { webhookRows } from "./webhook-rows";

export function systemWebhookVerbs(connection: Connection): Pick<WebhookStore, "setSystemWebhook"> {
  const { db, write, clock } = connection;
  const { saveEdited } = webhookRows(connection);

  return {
    setSystemWebhook: (target) =>
      write(() => {
        const row = find();
        if (!target) {
          if (row) switchOff(row);
          return;
        }
        const secret = target.seal({ customerId: systemCustomerId, webhookId: systemWebhookId });
        if (!row) return insert(target.url, secret);
        const before = editableOf(row.webhook, row.queue);
        saveEdited(row.webhook.key, setPlatformTarget(before, { url: target.url, secret }, clock()));
      }),
  };

  function switchOff({ webhook, queue }: NonNullable<ReturnType<typeof find>>): void {
    saveEdited(webhook.key, editWebhook(editableOf(webhook, queue), { isActive: false }, clock()));
  }

  function find() {
    return db
      .select({ webhook: webhooks, queue: webhookQueue })
      .from(webhooks)
      .innerJoin(webhookQueue, eq(webhookQueue.webhookKey, webhooks.key))
      .where(eq(webhooks.id, systemWebhookId))
      .get();
  }

  function insert(url: string, secret: string | null): void {
    const now = clock();
    const customer = db
      .insert(customers)
      .values({ id: systemCustomerId, name: "Platform", isSystem: true, createdAt: now })
      .returning({ key: customers.key })
      .get();
    const webhook = db
      .insert(webhooks)
      .values({
        id: systemWebhookId,
        customerKey: customer.key,
        url,
        secret,
        isActive: true,
        events: [...systemEventTypes],
        createdAt: now,
        updatedAt: now,
      })
      .returning({ key: webhooks.key })
      .get();
    db.insert(webhookQueue)
      .values({ webhookKey: webhook.key, customerKey: customer.key, ...newQueue(true) })
      .run();
  }
}
