import { and, eq, isNotNull, sql } from "drizzle-orm";
import { isTriedAtOnce, outcomeError } from "@/domain/delivery/decide";
import { isFaultOfOurs } from "@/domain/delivery/outcome";
import { refusalOf } from "@/domain/delivery/refusal";
import { sentOf } from "@/domain/delivery/sent-headers";
import { headingOf } from "../../rows/attempt";
import type { AttemptRecord, QueueStore } from "../../store";
import type { Connection } from "../connection/connection";
import { given, hotStatement } from "../connection/hot-statement";
import { sequencesOf } from "../connection/sequences";
import { rollupWriter } from "../read/rollups";
import { attempts, deliveries } from "../schema/tables";
import { judgeOf, type Recorded } from "../webhook/judge";
import { queueRows } from "./queue-row";
import { redelivery } from "./redelivery";

export function recordVerbs(connection: Connection): Pick<QueueStore, "recordAttempts"> {
  const { db, write, clock } = connection;
  const sequences = sequencesOf(connection);
  const judge = judgeOf(connection);
  const rollups = rollupWriter(connection);
  const again = redelivery(connection);
  const queue = queueRows(connection);

  const settle = hotStatement(
    connection,
    db
      .update(deliveries)
      .set({
        status: given("status", deliveries.status),
        dueAt: given("dueAt", deliveries.dueAt),
        endedAt: given("endedAt", deliveries.endedAt),
        attempts: sql`${deliveries.attempts} + 1`,
        tries: sql`${deliveries.tries} + ${sql.placeholder("try")}`,
        probes: sql`${deliveries.probes} + ${sql.placeholder("probe")}`,
        lostInARow: 0,
        nextReason: "scheduled",
        isAskedAgain: false,
        signsWith: given("signsWith", deliveries.signsWith),
        leasedBy: null,
        leasedAt: null,
        leasedReason: null,
        // One that is made again at once may have refused the secret, and leaves what was known of the content.
        refusal: sql`iif(${sql.placeholder("isAtOnce")}, ${deliveries.refusal}, ${sql.placeholder("refusal")})`,
        statusCode: given("statusCode", deliveries.statusCode),
        errorCode: given("errorCode", deliveries.errorCode),
        errorMessage: given("errorMessage", deliveries.errorMessage),
        durationMs: given("durationMs", deliveries.durationMs),
        change: given("change", deliveries.change),
      })
      .where(
        and(
          eq(deliveries.key, sql.placeholder("key")),
          eq(deliveries.lease, sql.placeholder("lease")),
          isNotNull(deliveries.leasedBy),
          eq(deliveries.status, "pending"),
        ),
      ),
  );
  const insertAttempt = hotStatement(
    connection,
    db.insert(attempts).values({
      deliveryKey: sql.placeholder("key"),
      number: sql.placeholder("number"),
      reason: sql.placeholder("reason"),
      startedAt: sql.placeholder("startedAt"),
      durationMs: sql.placeholder("durationMs"),
      statusCode: sql.placeholder("statusCode"),
      errorCode: sql.placeholder("errorCode"),
      errorMessage: sql.placeholder("errorMessage"),
      errorDetail: sql.placeholder("errorDetail"),
      timings: sql.placeholder("timings"),
      peer: sql.placeholder("peer"),
      url: sql.placeholder("url"),
      sentBy: sql.placeholder("sentBy"),
      signedAt: sql.placeholder("signedAt"),
      requestHeaders: sql.placeholder("requestHeaders"),
      responseHeaders: sql.placeholder("responseHeaders"),
      responseBody: sql.placeholder("responseBody"),
      isTruncated: sql.placeholder("isTruncated"),
    }),
  );

  const selectDueAt = db
    .select({ dueAt: deliveries.dueAt })
    .from(deliveries)
    .where(eq(deliveries.key, sql.placeholder("key")))
    .prepare();

  return { recordAttempts: (records) => write(() => recordAll(records)) };

  function recordAll(records: AttemptRecord[]): ("recorded" | "lease_lost")[] {
    const now = clock();
    const firstChange = sequences.take("change", records.length);
    const results = records.map((record, index) => settleDelivery(record, now, firstChange + index));
    const recorded = results.filter((result) => result !== "lease_lost");
    judge(recorded, now);
    rollups.add(recorded);
    return results.map((result) => (result === "lease_lost" ? result : "recorded"));
  }

  function settleDelivery(record: AttemptRecord, now: number, change: number): Recorded | "lease_lost" {
    const { claim, request, outcome, next } = record;
    const isAgain = next.status !== "delivered" && again.isAskedAgain(claim);
    const error = outcomeError(outcome);
    const response = outcome.kind === "response" ? outcome.response : null;
    // Named one by one: spreading what both share costs more than all else here.
    const statusCode = outcome.kind === "response" ? outcome.status : null;
    const errorCode = error?.code ?? null;
    const errorMessage = error?.message ?? null;
    const isWaiting = next.status === "pending";
    const isFault = isFaultOfOurs(error?.code);
    const isNoProbe = claim.reason === "probe" && (isTriedAtOnce(next) || isFault);
    const leaseEnd = isNoProbe ? selectDueAt.get({ key: claim.delivery })?.dueAt : undefined;
    const { changes } = settle.run({
      key: claim.delivery,
      lease: claim.lease,
      status: next.status,
      dueAt: isWaiting ? now + next.delayMs : now,
      endedAt: isWaiting ? null : now,
      try: isWaiting && !next.countsAsTry ? 0 : 1,
      probe: claim.reason === "probe" ? 1 : 0,
      refusal: refusalOf(outcome),
      isAtOnce: isTriedAtOnce(next) ? 1 : 0,
      signsWith: isWaiting ? (next.signsWith ?? null) : null,
      statusCode,
      errorCode,
      errorMessage,
      durationMs: outcome.durationMs,
      change,
    });
    if (changes === 0) return "lease_lost";
    if (leaseEnd !== undefined) {
      if (isFault) queue.probeLater(claim.webhook.key, leaseEnd, now);
      else queue.probeAgain(claim.webhook.key, leaseEnd, now);
    }
    if (isAgain) again.sendAgain(claim.delivery, isWaiting, now);
    const sent = sentOf(request.headers, headingOf(claim));
    insertAttempt.run({
      key: claim.delivery,
      number: claim.number,
      reason: claim.reason,
      startedAt: outcome.startedAt,
      durationMs: outcome.durationMs,
      statusCode,
      errorCode,
      errorMessage,
      errorDetail: error?.detail ?? null,
      timings: outcome.timings,
      peer: outcome.peer,
      url: request.url,
      sentBy: sent?.sentBy ?? null,
      signedAt: sent?.signedAt ?? null,
      requestHeaders: sent ? sent.others : request.headers,
      responseHeaders: response?.headers ?? null,
      responseBody: response && asBuffer(response.body),
      isTruncated: response?.truncated ?? false,
    });
    return { ...record, isPending: isWaiting || isAgain };
  }
}

/** The same bytes, not copied. */
const asBuffer = ({ buffer, byteOffset, length }: Uint8Array) => Buffer.from(buffer, byteOffset, length);
