import { sql } from "drizzle-orm";
import { isTriedAtOnce, outcomeError } from "@/domain/delivery/decide";
import { refusalOf } from "@/domain/delivery/refusal";
import type { AttemptRecord } from "../../store";
import { thisChange } from "../connection/change";
import type { Transaction } from "../connection/connection";
import { storableText } from "../connection/text";

/** Writes where deliveries go after their attempts, which hold them: their rows are locked. */
export async function settle({ db, now }: Transaction, records: AttemptRecord[]): Promise<void> {
  const rows = records.map((record) => settledRow(record, now));
  await db.execute(sql`
    update deliveries d set
      status = s.status, due_at = s."dueAt", ended_at = s."endedAt",
      attempts = d.attempts + 1, tries = d.tries + s.try, probes = d.probes + s.probe, lost_in_a_row = 0,
      next_reason = 'scheduled', is_asked_again = false, signs_with = s."signsWith",
      leased_by = null, leased_at = null, leased_reason = null,
      refusal = case when s."isAtOnce" then d.refusal else s.refusal end,
      status_code = s."statusCode", error_code = s."errorCode", error_message = s."errorMessage",
      duration_ms = s."durationMs", change = ${thisChange}
    from json_to_recordset(${JSON.stringify(rows)}::json) as s(
      key bigint, status text, "dueAt" bigint, "endedAt" bigint, try integer, probe integer, "signsWith" text,
      "isAtOnce" boolean, refusal text, "statusCode" integer, "errorCode" text, "errorMessage" text,
      "durationMs" integer)
    where d.key = s.key`);
}

function settledRow({ claim, outcome, next }: AttemptRecord, now: number) {
  const error = outcomeError(outcome);
  const isWaiting = next.status === "pending";
  return {
    key: claim.delivery,
    status: next.status,
    dueAt: isWaiting ? now + next.delayMs : now,
    endedAt: isWaiting ? null : now,
    try: isWaiting && !next.countsAsTry ? 0 : 1,
    probe: claim.reason === "probe" ? 1 : 0,
    signsWith: isWaiting ? (next.signsWith ?? null) : null,
    // One that is made again at once may have refused the secret, and leaves what was known of the content.
    isAtOnce: isTriedAtOnce(next),
    refusal: refusalOf(outcome),
    statusCode: outcome.kind === "response" ? outcome.status : null,
    errorCode: error?.code ?? null,
    errorMessage: error && storableText(error.message),
    durationMs: outcome.durationMs,
  };
}
