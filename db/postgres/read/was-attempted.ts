import { and, eq, gt, gte, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { attemptedBounds } from "../../rows/attempted";
import type { AttemptFilter } from "../../store";
import type { Database } from "../connection/connection";
import { attempts, deliveries } from "../schema/tables";
import { daysOf } from "./payloads";

/** Deliveries of which such an attempt was made, for a search `within` some rows: it reads no other days than theirs. */
export async function wasAttempted(
  db: Database,
  within: SQL | undefined,
  filter: AttemptFilter | undefined,
): Promise<SQL | undefined> {
  if (!filter) return undefined;
  const { acceptedBefore, endedFrom } = attemptedBounds(filter);
  const mayBe = and(
    eq(deliveries.isTest, false),
    gt(deliveries.attempts, 0),
    lt(deliveries.createdAt, acceptedBefore),
    or(isNull(deliveries.endedAt), gte(deliveries.endedAt, endedFrom)),
  );
  const days = await db.selectDistinct({ day: deliveries.day }).from(deliveries).where(and(within, mayBe));
  return and(
    mayBe,
    sql`exists (select from ${attempts} where ${and(
      sql`${attempts.day} = any(${daysOf(days)})`,
      eq(attempts.day, deliveries.day),
      eq(attempts.deliveryKey, deliveries.key),
      gte(attempts.startedAt, filter.since),
      lt(attempts.startedAt, filter.until),
      outcomeIs(filter.outcome),
      answerIs(filter.answer),
    )})`,
  );
}

function outcomeIs(outcome: AttemptFilter["outcome"]): SQL | undefined {
  if (outcome === undefined) return undefined;
  return outcome === "delivered" ? isNull(attempts.errorCode) : isNotNull(attempts.errorCode);
}

function answerIs(answer: AttemptFilter["answer"]): SQL | undefined {
  if (answer === undefined) return undefined;
  if (typeof answer === "number") return eq(attempts.statusCode, answer);
  return and(isNull(attempts.statusCode), eq(attempts.errorCode, answer));
}
