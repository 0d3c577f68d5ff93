import { and, asc, eq, isNull, lte } from "drizzle-orm";
import { customerOfAudience } from "@/domain/agent/audience";
import { hasLapsed } from "@/domain/agent/terms";
import { listAgents, lockOwner } from "../agents/audiences";
import { lapse } from "../agents/end";
import type { Transaction } from "../connection/connection";
import { lockQueues } from "../queue/queue-row";
import { customers, webhooks } from "../schema/tables";

/** Ends the subscriptions of one customer that nobody refreshed in time. Answers whether there were any. */
export async function lapseAgents(tx: Transaction): Promise<boolean> {
  const { db, now } = tx;
  const [first] = await db
    .select({ audience: customers.id })
    .from(webhooks)
    .innerJoin(customers, eq(customers.key, webhooks.customerKey))
    .where(and(lte(webhooks.expiresAt, now), isNull(webhooks.deletedAt)))
    .orderBy(asc(webhooks.expiresAt))
    .limit(1);
  const owner = first && (await lockOwner(db, customerOfAudience(first.audience) ?? ""));
  if (!owner) return false;
  const over = (await listAgents(db, owner)).filter(({ expiresAt }) => hasLapsed(expiresAt, now));
  await lockQueues(
    db,
    over.map(({ key }) => key),
  );
  for (const row of over) await lapse(tx, owner, row);
  return over.length > 0;
}
