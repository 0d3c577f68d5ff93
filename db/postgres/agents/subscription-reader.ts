import { and, desc, eq, gt, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { audienceKeys } from "@/domain/agent/audience";
import { toSubscription } from "../../rows/subscription";
import type { Subscription } from "../../store/subscriptions";
import type { Database, Transaction } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { webhooks } from "../schema/tables";
import { shownWebhooks } from "../webhook/shown-webhooks";
import type { Owner } from "./audiences";

/** Of a customer's subscriptions those that live, newest first; `which` says of which. */
export async function listLiving({ db, now }: Transaction, agents: Owner["agents"], which?: SQL) {
  const keys = audienceKeys(agents);
  if (keys.length === 0) return [];
  return shownWebhooks(db)
    .where(and(inArray(webhooks.customerKey, keys), livesAt(now), which))
    .orderBy(desc(webhooks.key));
}

/** The same as they are seen. */
export async function listShown(
  tx: Transaction,
  agents: Owner["agents"],
  which?: SQL,
): Promise<Subscription[]> {
  if (!agents) return [];
  const newestEvent = await newestKey(tx.db); // first: what comes in between is behind the cursor
  const rows = await listLiving(tx, agents, which);
  return rows.map((row) => toSubscription(row, newestEvent, tx.now));
}

/** One that lives, by the id that agents know it by. */
export async function findLiving(tx: Transaction, agents: Owner["agents"], subscriptionId: string) {
  const [found] = await listLiving(tx, agents, eq(webhooks.subscriptionId, subscriptionId));
  return found;
}

/** The same as it is seen. */
export async function findShown(
  tx: Transaction,
  agents: Owner["agents"],
  subscriptionId: string,
): Promise<Subscription | null> {
  const [found] = await listShown(tx, agents, eq(webhooks.subscriptionId, subscriptionId));
  return found ?? null;
}

/** As `isLiving` has it. */
const livesAt = (now: number) =>
  and(
    isNull(webhooks.deletedAt),
    isNotNull(webhooks.verifiedAt),
    gt(webhooks.expiresAt, now),
    sql`${webhooks.events}::text <> '[]'`,
  );

/** Of whichever customer. */
export async function newestKey(db: Database): Promise<number> {
  const { rows } = await db.execute<{ key: string | null }>(sql`select max(key) as key from events`);
  return Number(onlyOne(rows).key ?? 0);
}
