import { setImmediate as turn } from "node:timers/promises";
import { and, asc, eq, gt, isNotNull, or, sql } from "drizzle-orm";
import { secretRotated } from "@/domain/audit/webhook";
import { rotateSecret } from "@/domain/webhook/edit";
import { sealedKeyId } from "@/domain/webhook/seal";
import { isSealedOtherwise, sealedAnew, sealedIn } from "../../rows/sealed";
import { editableOf } from "../../rows/webhook-columns";
import type { Sealed, SecretOwner, WebhookStore } from "../../store";
import { auditWriter } from "../access/audit-log";
import type { Connection } from "../connection/connection";
import { customers, webhookQueue, webhooks } from "../schema/tables";
import { webhookFinder } from "./webhook-finder";
import { webhookRows } from "./webhook-rows";

type Verbs = Pick<WebhookStore, "rotateSecret" | "getSecrets" | "listSealedKeys" | "reseal">;

/** Secrets that one look reads, and one transaction re-encrypts: deliveries and API calls wait for it. */
const windowRows = 50;

export function secretVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const { saveEdited } = webhookRows(connection);
  const audit = auditWriter(connection);
  const findWebhook = webhookFinder(connection);
  const findQueue = (webhookKey: number) =>
    db.select().from(webhookQueue).where(eq(webhookQueue.webhookKey, webhookKey)).get();

  return {
    rotateSecret: (customerId, webhookId, secret, overlapMs, by) =>
      write(() => {
        const webhook = findWebhook(customerId, webhookId);
        const queue = webhook && findQueue(webhook.key);
        if (!queue) return false;
        const before = editableOf(webhook, queue);
        const after = rotateSecret(before, secret, overlapMs, clock());
        saveEdited(webhook.key, after);
        audit(webhook.customerKey, secretRotated(webhook.id, before, after), by);
        return true;
      }),

    getSecrets: async (customerId, webhookId) => {
      const webhook = findWebhook(customerId, webhookId);
      if (!webhook) return null;
      const overlaps = (webhook.previousSecretUntil ?? 0) > clock();
      const { secret, previousSecret, signsWith } = webhook;
      if (!overlaps) return { current: secret, previous: null, leads: "current" };
      return { current: secret, previous: previousSecret, leads: signsWith };
    },

    listSealedKeys: async () => {
      const byKey = new Map<string, { keyId: string; sample: Sealed; webhook: SecretOwner }>();
      for (let after = 0, rows = sealedRows(after); rows.length > 0; rows = sealedRows(after)) {
        for (const { key, sealed, webhook } of rows) {
          after = key;
          for (const sample of sealedIn(sealed)) {
            const keyId = sealedKeyId(sample);
            if (!byKey.has(keyId)) byKey.set(keyId, { keyId, sample, webhook });
          }
        }
        await turn();
      }
      return [...byKey.values()];
    },

    reseal: (keyId, after, seal) =>
      write(() => {
        const rows = sealedRows(after === null ? 0 : Number(after));
        for (const { key, sealed, webhook } of rows) {
          if (!isSealedOtherwise(sealed, keyId)) continue;
          const anew = sealedAnew(sealed, (value) => seal(value, webhook));
          db.update(webhooks).set(anew).where(eq(webhooks.key, key)).run();
        }
        const last = rows.at(-1);
        return last ? String(last.key) : null;
      }),
  };

  /** The next ones after a row that have anything sealed, in the order of their keys. */
  function sealedRows(after: number) {
    return db
      .select({
        key: webhooks.key,
        webhook: { webhookId: webhooks.id, customerId: customers.id },
        sealed: {
          secret: webhooks.secret,
          previousSecret: webhooks.previousSecret,
          headers: webhooks.headers,
          clientKey: webhooks.clientKey,
        },
      })
      .from(webhooks)
      .innerJoin(customers, eq(customers.key, webhooks.customerKey))
      .where(
        and(
          gt(webhooks.key, after),
          or(isNotNull(webhooks.secret), isNotNull(webhooks.clientKey), sql`${webhooks.headers} <> '[]'`),
        ),
      )
      .orderBy(asc(webhooks.key))
      .limit(windowRows)
      .all();
  }
}
