import { and, count, desc, eq, gt, sql } from "drizzle-orm";
import { agentLimits } from "@/domain/limits";
import type { Connection } from "../connection/connection";
import { webhooks } from "../schema/tables";

/** What is known of whose callbacks are whose, also from subscriptions that have ended. */
export function proofsOf({ db }: Connection) {
  const { principalId, challengedAt, verifiedAt, url } = webhooks;
  const ofPrincipal = and(
    eq(principalId, sql.placeholder("principal")),
    gt(challengedAt, sql.placeholder("since")),
  );
  const selectLatest = db
    .select({ verifiedAt })
    .from(webhooks)
    .where(and(ofPrincipal, eq(url, sql.placeholder("url")), gt(verifiedAt, sql.placeholder("since"))))
    .orderBy(desc(challengedAt))
    .limit(1)
    .prepare();
  const countChallenges = db.select({ count: count() }).from(webhooks).where(ofPrincipal).prepare();

  return {
    /** When a key last proved a URL; null when that is too long ago, or never was. */
    latest: (principal: string, url: string, now: number): number | null =>
      selectLatest.get({ principal, url, since: now - agentLimits.verifiedForMs })?.verifiedAt ?? null,

    /** Whether a key has had its challenges of the last minute. */
    areSpent(principal: string, now: number): boolean {
      const made = countChallenges.get({ principal, since: now - 60_000 })?.count ?? 0;
      return made >= agentLimits.challengesPerMinute;
    },
  };
}
