import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { sealedKeyId } from "@/server/domain/seal";
import type { Sealed, SecretOwner, WebhookStore } from "../store";
import type { Connection } from "./connection";
import { queueRows } from "./queue-row";
import { customers, webhookQueue, webhooks } from "./schema";
import { closeBreaker, drains } from "./webhooks";

type Verbs = Pick<WebhookStore, "rotateSecret" | "getSecrets" | "listSealedKeys" | "reseal">;

export function secretVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const queue = queueRows(connection);
  const select = db
    .select({
      key: webhooks.key,
      secret: webhooks.secret,
      previousSecret: webhooks.previousSecret,
      until: webhooks.previousSecretUntil,
      version: webhooks.version,
      queue: webhookQueue,
    })
    .from(webhooks)
    .innerJoin(customers, eq(customers.key, webhooks.customerKey))
    .innerJoin(webhookQueue, eq(webhookQueue.webhookKey, webhooks.key))
    .where(
      and(
        eq(customers.id, sql.placeholder("customerId")),
        eq(webhooks.id, sql.placeholder("webhookId")),
        isNull(customers.deletedAt),
        isNull(webhooks.deletedAt),
      ),
    )
    .prepare();

  return {
    rotateSecret: (customerId, webhookId, secret, overlapMs) =>
      write(() => {
        const before = select.get({ customerId, webhookId });
        if (!before) return false;
        const now = clock();
        const overlaps = before.secret !== null && overlapMs > 0;
        db.update(webhooks)
          .set({
            secret,
            previousSecret: overlaps ? before.secret : null,
            previousSecretUntil: overlaps ? now + overlapMs : null,
            countdownSince: null,
            version: before.version + 1,
            updatedAt: now,
          })
          .where(eq(webhooks.key, before.key))
          .run();
        db.update(webhookQueue)
          .set(closeBreaker(before.queue, drains(before.queue, false)))
          .where(eq(webhookQueue.webhookKey, before.key))
          .run();
        queue.refresh(before.key);
        return true;
      }),

    getSecrets: async (customerId, webhookId) => {
      const row = select.get({ customerId, webhookId });
      if (!row) return null;
      return { current: row.secret, previous: (row.until ?? 0) > clock() ? row.previousSecret : null };
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
