import { and, count, desc, eq, isNull, max } from "drizzle-orm";
import type { Actor } from "@/domain/audit/actor";
import { webhookAudited, webhookCreated, webhookEdited, webhookPaused } from "@/domain/audit/webhook";
import { customerLimits } from "@/domain/limits";
import { deletedWebhook, type Editable, editWebhook } from "@/domain/webhook/edit";
import { pauseWebhook, resumeWebhook } from "@/domain/webhook/pause";
import { newQueue } from "@/domain/webhook/queue-state";
import { lacksHeaderValue, noHeaderValue } from "@/domain/webhook/settings";
import { toWebhook } from "../../rows/webhook";
import { editableOf, listeningColumns } from "../../rows/webhook-columns";
import type { Creation, CreationStore, NewWebhook, Webhook, WebhookStore } from "../../store";
import { audit } from "../access/audit-log";
import type { Connection, Transaction } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { buryCounted } from "../queue/counters";
import { customers, events, webhookQueue, webhooks } from "../schema/tables";
import { findCreation, keepCreation } from "./creations";
import { lockCustomerOf, lockWebhook } from "./lock-webhook";
import { shownWebhooks } from "./shown-webhooks";
import { saveEdited } from "./webhook-rows";

type Verbs = Pick<
  WebhookStore,
  | "createWebhook"
  | "listWebhooks"
  | "getWebhook"
  | "updateWebhook"
  | "pauseWebhook"
  | "resumeWebhook"
  | "deleteWebhook"
> &
  CreationStore;

export function webhookVerbs({ db, write, now }: Connection): Verbs {
  return {
    createWebhook: (webhook, by) => write((tx) => create(tx, webhook, by)),
    createWebhookOnce: (webhook, creation, by) => write((tx) => createOnce(tx, webhook, creation, by)),
    listWebhooks: async (customerId) => {
      const at = await now();
      const rows = await shownWebhooks(db).where(isOf(customerId)).orderBy(desc(webhooks.key));
      return rows.map((row) => toWebhook(row, at));
    },
    getWebhook: async (customerId, webhookId) => read({ db, now: await now() }, customerId, webhookId),
    updateWebhook: (customerId, webhookId, change, by) =>
      write((tx) =>
        edit(tx, { customerId, webhookId, by, tell: webhookEdited }, (before) =>
          lacksHeaderValue(before.settings, change) ? noHeaderValue : editWebhook(before, change, tx.now),
        ),
      ),
    pauseWebhook: (customerId, webhookId, until, by) =>
      write((tx) =>
        edit(tx, { customerId, webhookId, by, tell: webhookPaused }, (before) =>
          before.standing.isActive ? pauseWebhook(before, until, tx.now) : ("inactive" as const),
        ),
      ),
    resumeWebhook: (customerId, webhookId, by) =>
      write((tx) =>
        edit<never>(tx, { customerId, webhookId, by, tell: webhookPaused }, (before) =>
          resumeWebhook(before, tx.now),
        ),
      ),
    deleteWebhook: (customerId, webhookId, by) => write((tx) => remove(tx, customerId, webhookId, by)),
  };
}

async function create(
  tx: Transaction,
  webhook: NewWebhook,
  by: Actor,
): Promise<Webhook | "limit_reached" | "not_found"> {
  const { db, now } = tx;
  const customerKey = await lockCustomerOf(db, webhook.customerId);
  if (customerKey === undefined) return "not_found";
  const [used] = await db
    .select({ n: count() })
    .from(webhooks)
    .where(and(eq(webhooks.customerKey, customerKey), isNull(webhooks.deletedAt)));
  if ((used?.n ?? 0) >= customerLimits.webhooks) return "limit_reached";
  // Of this customer's events: what others publish meanwhile is no matter of this webhook.
  const [newest] = await db.select({ key: max(events.key) }).from(events);
  const { id, customerId, isActive, listener, ratePerSecond, ...settings } = webhook;
  const { key } = onlyOne(
    await db
      .insert(webhooks)
      .values({
        ...settings,
        id,
        customerKey,
        isActive,
        createdAt: now,
        afterEvent: newest?.key ?? 0,
        updatedAt: now,
        disabledAt: isActive ? null : now,
        ...listeningColumns(listener, now),
      })
      .returning({ key: webhooks.key }),
  );
  await db
    .insert(webhookQueue)
    .values({ webhookKey: key, customerKey, ...newQueue(isActive && !listener, ratePerSecond) });
  await audit(tx, customerKey, webhookCreated(webhook), by);
  return readWritten(tx, customerId, id);
}

async function createOnce(
  tx: Transaction,
  webhook: NewWebhook,
  creation: Creation,
  by: Actor,
): ReturnType<CreationStore["createWebhookOnce"]> {
  const customerKey = await lockCustomerOf(tx.db, webhook.customerId);
  if (customerKey === undefined) return "not_found";
  const made = await findCreation(tx, customerKey, creation.idempotencyKey);
  if (!made) {
    const added = await create(tx, webhook, by);
    if (typeof added === "string") return added;
    await keepCreation(tx, customerKey, creation, webhook.id);
    return { webhook: added, isReplay: false };
  }
  if (made.digest !== creation.digest) return "key_reused";
  const found = await read(tx, webhook.customerId, made.webhookId);
  return found ? { webhook: found, isReplay: true } : "webhook_deleted";
}

/** What is edited, and who does, in the words of the audit log. */
type Edit = { customerId: string; webhookId: string; by: Actor; tell: typeof webhookEdited };

/** A refusal changes nothing. Null when there is no such webhook. */
async function edit<Refusal extends string = never>(
  tx: Transaction,
  { customerId, webhookId, by, tell }: Edit,
  decide: (before: Editable) => Editable | Refusal,
): Promise<Webhook | Refusal | null> {
  const row = await lockWebhook(tx.db, customerId, webhookId);
  if (!row) return null;
  const before = editableOf(row.webhook, row.queue);
  const after = decide(before);
  if (typeof after === "string") return after;
  await saveEdited(tx.db, row.webhook.key, after);
  await audit(tx, row.webhook.customerKey, tell(webhookId, before, after), by);
  return readWritten(tx, customerId, webhookId);
}

async function remove(tx: Transaction, customerId: string, webhookId: string, by: Actor): Promise<boolean> {
  const { db, now } = tx;
  const row = await lockWebhook(db, customerId, webhookId);
  if (!row) return false;
  await db.update(webhooks).set(deletedWebhook(now)).where(eq(webhooks.key, row.webhook.key));
  await audit(tx, row.webhook.customerKey, webhookAudited("webhook.deleted", row.webhook), by);
  await buryCounted(db, row.webhook.key);
  return true;
}

async function readWritten(tx: Transaction, customerId: string, webhookId: string): Promise<Webhook> {
  const webhook = await read(tx, customerId, webhookId);
  if (!webhook) throw new Error("A row that was just written is not there.");
  return webhook;
}

async function read(
  { db, now }: Transaction,
  customerId: string,
  webhookId: string,
): Promise<Webhook | null> {
  const [row] = await shownWebhooks(db).where(and(isOf(customerId), eq(webhooks.id, webhookId)));
  return row ? toWebhook(row, now) : null;
}

const isOf = (customerId: string) =>
  and(eq(customers.id, customerId), isNull(customers.deletedAt), isNull(webhooks.deletedAt));
