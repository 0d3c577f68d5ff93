import { editWebhook, setPlatformTarget } from "@/domain/webhook/edit";
import { newQueue } from "@/domain/webhook/queue-state";
import { systemEventTypes } from "@/domain/webhook/system-event";
import { systemCustomerId, systemWebhookId } from "../../rows/system-webhook";
import { editableOf } from "../../rows/webhook-columns";
import type { WebhookStore } from "../../store";
import type { Connection, Transaction } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { customers, webhookQueue, webhooks } from "../schema/tables";
import { lockWebhook } from "./lock-webhook";
import { saveEdited } from "./webhook-rows";

export function systemWebhookVerbs({ write }: Connection): Pick<WebhookStore, "setSystemWebhook"> {
  return {
    setSystemWebhook: async (target) => {
      if (!target) return write(switchOff);
      const secret = target.seal({ customerId: systemCustomerId, webhookId: systemWebhookId });
      return write((tx) => set(tx, { url: target.url, secret }));
    },
  };
}

async function switchOff({ db, now }: Transaction): Promise<void> {
  const row = await lockWebhook(db, systemCustomerId, systemWebhookId);
  if (!row) return;
  const { webhook, queue } = row;
  await saveEdited(db, webhook.key, editWebhook(editableOf(webhook, queue), { isActive: false }, now));
}

async function set(tx: Transaction, target: { url: string; secret: string | null }): Promise<void> {
  const { db, now } = tx;
  // Who starts at the same moment waits here.
  const [customer] = await db
    .insert(customers)
    .values({ id: systemCustomerId, name: "Platform", isSystem: true, createdAt: now })
    .onConflictDoNothing({ target: customers.id })
    .returning({ key: customers.key });
  if (customer) return insert(tx, customer.key, target);
  const row = await lockWebhook(db, systemCustomerId, systemWebhookId);
  if (!row) throw new Error("The platform's customer has no webhook.");
  await saveEdited(db, row.webhook.key, setPlatformTarget(editableOf(row.webhook, row.queue), target, now));
}

async function insert(
  { db, now }: Transaction,
  customerKey: number,
  target: { url: string; secret: string | null },
): Promise<void> {
  const { key } = onlyOne(
    await db
      .insert(webhooks)
      .values({
        ...target,
        id: systemWebhookId,
        customerKey,
        isActive: true,
        events: [...systemEventTypes],
        createdAt: now,
        updatedAt: now,
      })
      .returning({ key: webhooks.key }),
  );
  await db.insert(webhookQueue).values({ webhookKey: key, customerKey, ...newQueue(true) });
}
