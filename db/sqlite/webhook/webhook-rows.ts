import { eq, sql } from "drizzle-orm";
import type { Moves } from "@/domain/delivery/balance";
import type { Judged } from "@/domain/webhook/after-attempts";
import type { Editable } from "@/domain/webhook/edit";
import { healthColumns, incidentColumns, standingColumns } from "../../rows/webhook-columns";
import { given, hotStatement } from "../connection/hot-statement";
import { shared } from "../connection/shared";
import { queueRows } from "../queue/queue-row";
import { webhooks } from "../schema/tables";

/** Writes what was decided of a webhook and its queue. Only inside `write`. */
export const webhookRows = shared((connection) => {
  const { db } = connection;
  const queueRow = queueRows(connection);
  const updateJudged = hotStatement(
    connection,
    db
      .update(webhooks)
      .set({
        lastAttemptAt: given("lastAttemptAt", webhooks.lastAttemptAt),
        lastAttemptOk: given("lastAttemptOk", webhooks.lastAttemptOk),
        lastStatusCode: given("lastStatusCode", webhooks.lastStatusCode),
        lastErrorCode: given("lastErrorCode", webhooks.lastErrorCode),
        lastErrorMessage: given("lastErrorMessage", webhooks.lastErrorMessage),
        lastErrorDetail: given("lastErrorDetail", webhooks.lastErrorDetail),
        failingSince: given("failingSince", webhooks.failingSince),
        failuresInARow: given("failuresInARow", webhooks.failuresInARow),
        recoveredAt: given("recoveredAt", webhooks.recoveredAt),
        incidentStartedAt: given("incidentStartedAt", webhooks.incidentStartedAt),
        incidentEndedAt: given("incidentEndedAt", webhooks.incidentEndedAt),
        countdownSince: given("countdownSince", webhooks.countdownSince),
        countdownFailures: given("countdownFailures", webhooks.countdownFailures),
        countdownLastAt: given("countdownLastAt", webhooks.countdownLastAt),
        countdownCoveredMs: given("countdownCoveredMs", webhooks.countdownCoveredMs),
        certificateExpiresAt: given("certificateExpiresAt", webhooks.certificateExpiresAt),
        certificateWarnsAt: given("certificateWarnsAt", webhooks.certificateWarnsAt),
        isReportedFailing: given("isReportedFailing", webhooks.isReportedFailing),
        isActive: given("isActive", webhooks.isActive),
        disabledReason: given("disabledReason", webhooks.disabledReason),
        disabledAt: given("disabledAt", webhooks.disabledAt),
        pausedAt: given("pausedAt", webhooks.pausedAt),
        pausedUntil: given("pausedUntil", webhooks.pausedUntil),
        signsWith: given("signsWith", webhooks.signsWith),
        switchedAt: given("switchedAt", webhooks.switchedAt),
      })
      .where(eq(webhooks.key, sql.placeholder("key"))),
  );

  return {
    /** After attempts, and what these made of their deliveries. */
    saveJudged(key: number, { health, standing, leading, queue, incident }: Judged, moves: Moves): void {
      updateJudged.run({
        key,
        ...healthColumns(health),
        ...standingColumns(standing),
        ...leading,
        ...incidentColumns(incident),
      });
      queueRow.save(key, queue, moves);
    },

    /** After an edit. */
    saveEdited(key: number, { settings, standing, queue }: Editable): void {
      const columns = { ...settings, ...standingColumns(standing) };
      db.update(webhooks).set(columns).where(eq(webhooks.key, key)).run();
      queueRow.save(key, queue, {});
    },
  };
});
