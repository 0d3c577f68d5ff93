import { inArray } from "drizzle-orm";
import type { Transaction } from "../connection/connection";
import { webhookQueue } from "../schema/tables";
import type { Taken } from "./lease";
import { releaseClaims } from "./release";

/**
 * Gives back what was leased of subscriptions that have lapsed, of which nothing is claimed from now on until upkeep ends
 * them. Answers what is left.
 */
export async function holdLapsed(tx: Transaction, taken: Taken[]): Promise<Taken[]> {
  const lapsed = taken.filter(({ hasLapsed }) => hasLapsed);
  if (lapsed.length === 0) return taken;
  await releaseClaims(
    tx,
    lapsed.flatMap(({ claims }) => claims),
  );
  const keys = lapsed.map(({ webhookKey }) => webhookKey);
  await tx.db.update(webhookQueue).set({ isPaused: true }).where(inArray(webhookQueue.webhookKey, keys));
  return taken.filter(({ hasLapsed }) => !hasLapsed);
}
