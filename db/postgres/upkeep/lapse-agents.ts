import { and, asc, eq, isNull, lte } from "drizzle-orm";
import { customerOfAudience } from "@/domain/agent/audience";
import { lockOwners } from "../agents/audiences";
import { lapse } from "../agents/end";
import type { Database, Transaction } from "../connection/connection";
import { lockQueues } from "../queue/queue-row";
import { customers, webhooks } from "../schema/tables";

/** Subscriptions that one transaction ends: nobody publishes for their customers meanwhile. */
const batchRows = 50;

/** Ends some of the subscriptions whose term is over. Answers whether there were any. */
export async function lapseAgents({ db, now }: Transaction): Promise<boolean> {
  const found = await listOver(db, now);
  if (found.length === 0) return false;
  const owners = await lockOwners(db, found.map(ownerOf));
  await lockQueues(
    db,
    found.map(({ webhook }) => webhook.key),
  );
  // As they are now: somebody may have refreshed one meanwhile.
  for (const row of await listOver(db, now)) {
    const owner = owners.find(({ id }) => id === ownerOf(row));
    if (owner) await lapse({ db, now }, owner, row.webhook);
  }
  return true;
}

const listOver = (db: Database, now: number) =>
  db
    .select({ webhook: webhooks, audience: customers.id })
    .from(webhooks)
    .innerJoin(customers, eq(customers.key, webhooks.customerKey))
    .where(and(lte(webhooks.expiresAt, now), isNull(webhooks.deletedAt)))
    .orderBy(asc(webhooks.expiresAt), asc(webhooks.key))
    .limit(batchRows);

const ownerOf = ({ audience }: { audience: string }) => customerOfAudience(audience) ?? "";
