import { and, count, desc, eq, gt } from "drizzle-orm";
import { agentLimits } from "@/domain/limits";
import type { Transaction } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { webhooks } from "../schema/tables";

/*
 * Whose callbacks are whose is known from challenges, also of subscriptions that have ended since.
 */

/** When a key last proved a URL; null when that is too long ago, or never was. */
export async function latestProof(
  { db, now }: Transaction,
  { principalId, url }: { principalId: string; url: string },
): Promise<number | null> {
  const since = now - agentLimits.verifiedForMs;
  const proved = and(eq(webhooks.url, url), gt(webhooks.verifiedAt, since));
  const [latest] = await db
    .select({ verifiedAt: webhooks.verifiedAt })
    .from(webhooks)
    .where(and(isChallenged(principalId, since), proved))
    .orderBy(desc(webhooks.challengedAt))
    .limit(1);
  return latest?.verifiedAt ?? null;
}

/** Whether a key has had its challenges of the last minute. */
export async function areChallengesSpent({ db, now }: Transaction, principalId: string): Promise<boolean> {
  const lately = isChallenged(principalId, now - 60_000);
  const { made } = onlyOne(await db.select({ made: count() }).from(webhooks).where(lately));
  return made >= agentLimits.challengesPerMinute;
}

const isChallenged = (principalId: string, since: number) =>
  and(eq(webhooks.principalId, principalId), gt(webhooks.challengedAt, since));
