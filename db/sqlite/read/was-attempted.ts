import { and, eq, gt, gte, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { attemptedBounds } from "../../rows/attempted";
import type { AttemptFilter } from "../../store";
import { attempts, deliveries } from "../schema/tables";

/** Deliveries of which such an attempt was made. */
export function wasAttempted(filter: AttemptFilter): SQL | undefined {
  const { acceptedBefore, endedFrom } = attemptedBounds(filter);
  return and(
    eq(deliveries.isTest, false),
    gt(deliveries.attempts, 0),
    lt(deliveries.createdAt, acceptedBefore),
    or(isNull(deliveries.endedAt), gte(deliveries.endedAt, endedFrom)),
    sql`exists (select 1 from ${attempts} where ${and(
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
