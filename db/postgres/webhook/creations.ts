import { and, eq, gt, lte, sql } from "drizzle-orm";
import { webhookCreationLimits } from "@/domain/limits";
import type { Creation } from "../../store";
import type { Transaction } from "../connection/connection";
import { webhookCreations } from "../schema/tables";

const { customerKey, idempotencyKey, digest, webhookId, createdAt } = webhookCreations;

const remembered = (now: number) => now - webhookCreationLimits.keptMs;

/** What webhook was made under an idempotency key. The customer is this transaction's. */
export async function findCreation(
  { db, now }: Transaction,
  customer: number,
  key: string,
): Promise<{ digest: string; webhookId: string } | undefined> {
  const [found] = await db
    .select({ digest, webhookId })
    .from(webhookCreations)
    .where(and(eq(customerKey, customer), eq(idempotencyKey, key), gt(createdAt, remembered(now))));
  return found;
}

/** In place of one that is too old to count. */
export async function keepCreation(
  { db, now }: Transaction,
  customer: number,
  creation: Creation,
  webhook: string,
): Promise<void> {
  await db
    .insert(webhookCreations)
    .values({ ...creation, customerKey: customer, webhookId: webhook, createdAt: now })
    .onConflictDoUpdate({
      target: [customerKey, idempotencyKey],
      set: {
        digest: sql`excluded.digest`,
        webhookId: sql`excluded.webhook_id`,
        createdAt: sql`excluded.created_at`,
      },
    });
}

export async function removeOldCreations({ db, now }: Transaction): Promise<void> {
  await db.delete(webhookCreations).where(lte(createdAt, remembered(now)));
}
