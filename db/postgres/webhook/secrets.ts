import { and, asc, eq, gt, inArray, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { secretRotated } from "@/domain/audit/webhook";
import { rotateSecret } from "@/domain/webhook/edit";
import { sealedKeyId } from "@/domain/webhook/seal";
import { isSealedOtherwise, type SealedColumns, sealedAnew, sealedIn } from "../../rows/sealed";
import { editableOf } from "../../rows/webhook-columns";
import type { Sealed, SecretOwner, WebhookStore } from "../../store";
import { audit } from "../access/audit-log";
import type { Connection, Database } from "../connection/connection";
import { customers, webhooks } from "../schema/tables";
import { lockWebhook } from "./lock-webhook";
import { findWebhook } from "./webhook-finder";
import { saveEdited } from "./webhook-rows";

type Verbs = Pick<WebhookStore, "rotateSecret" | "getSecrets" | "listSealedKeys" | "reseal">;
type Seal = Parameters<WebhookStore["reseal"]>[2];

/** Secrets that one look reads, and one transaction re-encrypts. */
const windowRows = 50;

export function secretVerbs(connection: Connection): Verbs {
  const { db, write, now } = connection;
  return {
    rotateSecret: (customerId, webhookId, secret, overlapMs, by) =>
      write(async (tx) => {
        const row = await lockWebhook(tx.db, customerId, webhookId);
        if (!row) return false;
        const before = editableOf(row.webhook, row.queue);
        const after = rotateSecret(before, secret, overlapMs, tx.now);
        await saveEdited(tx.db, row.webhook.key, after);
        await audit(tx, row.webhook.customerKey, secretRotated(webhookId, before, after), by);
        return true;
      }),

    getSecrets: async (customerId, webhookId) => {
      const webhook = await findWebhook(db, customerId, webhookId);
      if (!webhook) return null;
      const overlaps = (webhook.previousSecretUntil ?? 0) > (await now());
      const { secret, previousSecret, signsWith } = webhook;
      if (!overlaps) return { current: secret, previous: null, leads: "current" };
      return { current: secret, previous: previousSecret, leads: signsWith };
    },

    listSealedKeys: async () => {
      const byKey = new Map<string, { keyId: string; sample: Sealed; webhook: SecretOwner }>();
      let rows = await listWindow(db, 0);
      while (rows.length > 0) {
        for (const { sealed, webhook } of rows) {
          for (const sample of sealedIn(sealed)) {
            const keyId = sealedKeyId(sample);
            if (!byKey.has(keyId)) byKey.set(keyId, { keyId, sample, webhook });
          }
        }
        rows = await listWindow(db, rows.at(-1)?.key ?? 0);
      }
      return [...byKey.values()];
    },

    reseal: async (keyId, after, seal) => {
      const rows = await listWindow(db, after === null ? 0 : Number(after));
      await renew(connection, rows, keyId, seal);
      const last = rows.at(-1);
      return last ? String(last.key) : null;
    },
  };
}

type SealedRow = Awaited<ReturnType<typeof sealedRows>>[number];

/** What somebody changed meanwhile is looked at again. */
async function renew({ db, write }: Connection, rows: SealedRow[], keyId: string, seal: Seal): Promise<void> {
  let left = rows;
  while (left.length > 0) {
    const old = left.filter(({ sealed }) => isSealedOtherwise(sealed, keyId));
    if (old.length === 0) return;
    const resealed = old.map(({ key, sealed, webhook }) => ({
      key,
      was: sealed,
      is: sealedAnew(sealed, (value) => seal(value, webhook)),
    }));
    const written = new Set(await write((tx) => replace(tx.db, resealed)));
    const missed = old.map(({ key }) => key).filter((key) => !written.has(key));
    left = missed.length === 0 ? [] : await sealedRows(db, inArray(webhooks.key, missed));
  }
}

type Resealed = { key: number; was: SealedColumns; is: SealedColumns };

/** Writes them where they are still what was read, and answers where that was. */
async function replace(db: Database, resealed: Resealed[]): Promise<number[]> {
  const written = await db.execute<{ key: string }>(sql`
    update webhooks w set secret = g."is" ->> 'secret', previous_secret = g."is" ->> 'previousSecret',
      client_key = g."is" ->> 'clientKey', headers = g."is" -> 'headers'
    from json_to_recordset(${JSON.stringify(resealed)}::json) as g(key bigint, was jsonb, "is" json)
    where w.key = g.key and w.headers::jsonb = g.was -> 'headers'
      and w.secret is not distinct from g.was ->> 'secret'
      and w.previous_secret is not distinct from g.was ->> 'previousSecret'
      and w.client_key is not distinct from g.was ->> 'clientKey'
    returning w.key`);
  return written.rows.map(({ key }) => Number(key));
}

/** The next ones after a row that have anything sealed, in the order of their keys. */
const listWindow = (db: Database, after: number) => sealedRows(db, gt(webhooks.key, after));

const sealedRows = (db: Database, which: SQL) =>
  db
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
        which,
        or(isNotNull(webhooks.secret), isNotNull(webhooks.clientKey), sql`${webhooks.headers}::text <> '[]'`),
      ),
    )
    .orderBy(asc(webhooks.key))
    .limit(windowRows);
