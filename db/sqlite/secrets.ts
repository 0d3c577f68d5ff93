import { eq, isNotNull } from "drizzle-orm";
import { sealedKeyId } from "@/server/domain/seal";
import type { Sealed, SecretOwner, WebhookStore } from "../store";
import type { Connection } from "./connection";
import { countdownColumns } from "./countdown-columns";
import { liveWebhooks } from "./live-webhook";
import { queueRows } from "./queue-row";
import { customers, webhookQueue, webhooks } from "./schema";
import { closeBreaker, drains } from "./webhooks";

type Verbs = Pick<WebhookStore, "rotateSecret" | "getSecrets" | "listSealedKeys" | "reseal">;

export function secretVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const queue = queueRows(connection);
  const findWebhook = liveWebhooks(connection);
  const findQueue = (webhookKey: number) =>
    db.select().from(webhookQueue).where(eq(webhookQueue.webhookKey, webhookKey)).get();

  return {
    rotateSecret: (customerId, webhookId, secret, overlapMs) =>
      write(() => {
        const before = findWebhook(customerId, webhookId);
        const queueBefore = before && findQueue(before.key);
        if (!queueBefore) return false;
        const now = clock();
        const overlaps = before.secret !== null && overlapMs > 0;
        db.update(webhooks)
          .set({
            secret,
            previousSecret: overlaps ? before.secret : null,
            previousSecretUntil: overlaps ? now + overlapMs : null,
            ...countdownColumns(null),
            version: before.version + 1,
            updatedAt: now,
          })
          .where(eq(webhooks.key, before.key))
          .run();
        db.update(webhookQueue)
          .set(closeBreaker(queueBefore, drains(queueBefore, false)))
          .where(eq(webhookQueue.webhookKey, before.key))
          .run();
        queue.refresh(before.key);
        return true;
      }),

    getSecrets: async (customerId, webhookId) => {
      const webhook = findWebhook(customerId, webhookId);
      if (!webhook) return null;
      const overlaps = (webhook.previousSecretUntil ?? 0) > clock();
      return { current: webhook.secret, previous: overlaps ? webhook.previousSecret : null };
    },

    listSealedKeys: async () => {
      const byKey = new Map<string, { keyId: string; sample: Sealed; webhook: SecretOwner }>();
      for (const { secret, previousSecret, ...webhook } of sealedRows()) {
        for (const sample of [secret, previousSecret]) {
          if (sample === null) continue;
          const keyId = sealedKeyId(sample);
          if (!byKey.has(keyId)) byKey.set(keyId, { keyId, sample, webhook });
        }
      }
      return [...byKey.values()];
    },

    reseal: (keyId, limit, seal) =>
      write(() => {
        const isOld = (value: Sealed | null) => value !== null && sealedKeyId(value) !== keyId;
        const old = sealedRows().filter((row) => isOld(row.secret) || isOld(row.previousSecret));
        for (const { key, secret, previousSecret, ...webhook } of old.slice(0, limit)) {
          const renew = (value: Sealed | null) => (value === null ? null : seal(value, webhook));
          db.update(webhooks)
            .set({ secret: renew(secret), previousSecret: renew(previousSecret) })
            .where(eq(webhooks.key, key))
            .run();
        }
        return Math.max(0, old.length - limit);
      }),
  };

  function sealedRows() {
    return db
      .select({
        key: webhooks.key,
        webhookId: webhooks.id,
        customerId: customers.id,
        secret: webhooks.secret,
        previousSecret: webhooks.previousSecret,
      })
      .from(webhooks)
      .innerJoin(customers, eq(customers.key, webhooks.customerKey))
      .where(isNotNull(webhooks.secret))
      .all();
  }
}
