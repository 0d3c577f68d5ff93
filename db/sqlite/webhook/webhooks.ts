import { and, count, desc, eq, isNull, max, sql } from "drizzle-orm";
import type { Actor } from "@/domain/audit/actor";
import { webhookAudited, webhookCreated, webhookEdited, webhookPaused } from "@/domain/audit/webhook";
import { customerLimits } from "@/domain/limits";
import { deletedWebhook, type Editable, editWebhook } from "@/domain/webhook/edit";
import { pauseWebhook, resumeWebhook } from "@/domain/webhook/pause";
import { newQueue } from "@/domain/webhook/queue-state";
import { lacksHeaderValue, noHeaderValue } from "@/domain/webhook/settings";
import { toWebhook } from "../../rows/webhook";
import { editableOf, listeningColumns } from "../../rows/webhook-columns";
import type { Creation, CreationStore, NewWebhook, Webhook, WebhookChange, WebhookStore } from "../../store";
import { auditWriter } from "../access/audit-log";
import type { Connection } from "../connection/connection";
import { counters } from "../queue/counters";
import { customers, events, webhookQueue, webhooks } from "../schema/tables";
import { creationRows } from "./creations";
import { shownWebhooks } from "./shown-webhooks";
import { webhookRows } from "./webhook-rows";

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

export function webhookVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const { saveEdited } = webhookRows(connection);
  const audit = auditWriter(connection);
  const { bury } = counters(connection);
  const creations = creationRows(connection);
  const ofCustomer = and(
    eq(customers.id, sql.placeholder("customerId")),
    isNull(customers.deletedAt),
    isNull(webhooks.deletedAt),
  );
  const selectAll = shownWebhooks(connection).where(ofCustomer).orderBy(desc(webhooks.key)).prepare();
  const selectOne = shownWebhooks(connection)
    .where(and(ofCustomer, eq(webhooks.id, sql.placeholder("webhookId"))))
    .prepare();
  const newestEvent = db
    .select({ key: max(events.key) })
    .from(events)
    .prepare();
  const find = (customerId: string, webhookId: string) => selectOne.get({ customerId, webhookId });

  return {
    createWebhook: (webhook, by) => write(() => create(webhook, by)),
    createWebhookOnce: (webhook, creation, by) => write(() => createOnce(webhook, creation, by)),
    listWebhooks: async (customerId) => selectAll.all({ customerId }).map((row) => toWebhook(row, clock())),
    getWebhook: async (customerId, webhookId) => {
      const row = find(customerId, webhookId);
      return row ? toWebhook(row, clock()) : null;
    },
    updateWebhook: (customerId, webhookId, change, by) =>
      write(() => update(customerId, webhookId, change, by)),
    pauseWebhook: (customerId, webhookId, until, by) => write(() => pause(customerId, webhookId, until, by)),
    resumeWebhook: (customerId, webhookId, by) => write(() => resume(customerId, webhookId, by)),
    deleteWebhook: (customerId, webhookId, by) => write(() => remove(customerId, webhookId, by)),
  };

  function create(webhook: NewWebhook, by: Actor): Webhook | "limit_reached" | "not_found" {
    const customer = db
      .select({ key: customers.key })
      .from(customers)
      .where(and(eq(customers.id, webhook.customerId), isNull(customers.deletedAt)))
      .get();
    if (!customer) return "not_found";
    const used = db
      .select({ count: count() })
      .from(webhooks)
      .where(and(eq(webhooks.customerKey, customer.key), isNull(webhooks.deletedAt)))
      .get();
    if ((used?.count ?? 0) >= customerLimits.webhooks) return "limit_reached";
    const now = clock();
    const { id, customerId, isActive, ratePerSecond = null, ...settings } = webhook;
    const row = db
      .insert(webhooks)
      .values({
        ...settings,
        id,
        customerKey: customer.key,
        isActive,
        createdAt: now,
        afterEvent: newestEvent.get()?.key ?? 0,
        updatedAt: now,
        disabledAt: isActive ? null : now,
        ...listeningColumns(webhook.listener, now),
      })
      .returning({ key: webhooks.key })
      .get();
    db.insert(webhookQueue)
      .values({
        webhookKey: row.key,
        customerKey: customer.key,
        ...newQueue(isActive && !webhook.listener, ratePerSecond),
      })
      .run();
    audit(customer.key, webhookCreated(webhook), by);
    return read(customerId, id);
  }

  function createOnce(
    webhook: NewWebhook,
    creation: Creation,
    by: Actor,
  ): Awaited<ReturnType<CreationStore["createWebhookOnce"]>> {
    const made = creations.find(webhook.customerId, creation.idempotencyKey);
    if (!made) {
      const added = create(webhook, by);
      if (typeof added === "string") return added;
      creations.keep(webhook.customerId, creation, webhook.id);
      return { webhook: added, isReplay: false };
    }
    if (made.digest !== creation.digest) return "key_reused";
    const row = find(webhook.customerId, made.webhookId);
    return row ? { webhook: toWebhook(row, clock()), isReplay: true } : "webhook_deleted";
  }

  function update(
    customerId: string,
    webhookId: string,
    change: WebhookChange,
    by: Actor,
  ): Webhook | typeof noHeaderValue | null {
    const row = find(customerId, webhookId);
    if (!row) return null;
    if (lacksHeaderValue(row.webhook, change)) return noHeaderValue;
    return edit(row, by, (before) => editWebhook(before, change, clock()), webhookEdited);
  }

  function pause(
    customerId: string,
    webhookId: string,
    until: number | null,
    by: Actor,
  ): Webhook | "inactive" | null {
    const row = find(customerId, webhookId);
    if (!row?.webhook.isActive) return row ? "inactive" : null;
    return edit(row, by, (before) => pauseWebhook(before, until, clock()), webhookPaused);
  }

  function resume(customerId: string, webhookId: string, by: Actor): Webhook | null {
    const row = find(customerId, webhookId);
    return row ? edit(row, by, (before) => resumeWebhook(before, clock()), webhookPaused) : null;
  }

  function edit(
    { webhook, queue, customerId }: NonNullable<ReturnType<typeof find>>,
    by: Actor,
    decide: (before: Editable) => Editable,
    tell: typeof webhookEdited,
  ): Webhook {
    const before = editableOf(webhook, queue);
    const after = decide(before);
    saveEdited(webhook.key, after);
    audit(webhook.customerKey, tell(webhook.id, before, after), by);
    return read(customerId, webhook.id);
  }

  function remove(customerId: string, webhookId: string, by: Actor): boolean {
    const row = find(customerId, webhookId);
    if (!row) return false;
    audit(row.webhook.customerKey, webhookAudited("webhook.deleted", row.webhook), by);
    db.update(webhooks).set(deletedWebhook(clock())).where(eq(webhooks.key, row.webhook.key)).run();
    bury(row.webhook.key);
    return true;
  }

  /** One that was just written. */
  function read(customerId: string, webhookId: string): Webhook {
    const row = find(customerId, webhookId);
    if (!row) throw new Error("A row that was just written is not there.");
    return toWebhook(row, clock());
  }
}
