import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import type { HeldKinds } from "@/domain/queue/pick";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { deliveries, isTried } from "../schema/tables";

/**
 * How many of a kind the next probe is chosen from, those that wait or are due longest: a failed probe is due last of
 * all, so that all of a larger backlog have their turn.
 */
const candidates = 256;

/** Finds what an open breaker holds, by kind: each in an index of its own, however many the others are. */
export function heldKinds(connection: Connection): (webhookKey: number, now: number) => HeldKinds {
  const { db } = connection;
  const { dueAt, status, isTest, leasedBy, attempts, refusal, isAskedAgain } = deliveries;
  // Conditions of partial indexes are written out: a parameter would hide which one is meant.
  const isHeld = sql`${status} = 'pending' and ${isTest} = 0`;
  const isDue = sql`${dueAt} <= ${sql.placeholder("now")}`;
  const asked = select(sql`${isAskedAgain} = 1`, 1);
  const untried = select(sql`${leasedBy} is null and ${isTried(deliveries)} = 0`, candidates);
  const lost = select(sql`${leasedBy} is not null and ${attempts} = 0`, candidates);
  const tried = select(sql`${attempts} > 0 and ${refusal} is null`, candidates);
  const refused = select(sql`${refusal} is not null`, candidates);

  return (webhookKey, now) => {
    const where = { webhookKey, now };
    return {
      asked: asked.all(where),
      untried: [...untried.all(where), ...lost.all(where)],
      tried: tried.all(where),
      refused: refused.all(where),
    };
  };

  function select(kind: SQL, limit: number) {
    const rows = db
      .select({ key: deliveries.key, probes: deliveries.probes })
      .from(deliveries)
      .where(and(eq(deliveries.webhookKey, sql.placeholder("webhookKey")), isHeld, kind, isDue))
      .orderBy(asc(dueAt))
      .limit(limit);
    return hotSelect(connection, rows);
  }
}
