import { eq, sql } from "drizzle-orm";
import type { Connection } from "../connection/connection";
import { given, hotStatement } from "../connection/hot-statement";
import { webhookQueue, webhooks } from "../schema/tables";

type Webhook = typeof webhooks.$inferSelect;
type Queue = typeof webhookQueue.$inferSelect;

/** Writes what ended attempts have changed of a webhook and its queue row. Only inside `write`. */
export function healthRows(connection: Connection) {
  const { db } = connection;
  const updateWebhook = hotStatement(
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
        countdownSince: given("countdownSince", webhooks.countdownSince),
        countdownFailures: given("countdownFailures", webhooks.countdownFailures),
        countdownLastAt: given("countdownLastAt", webhooks.countdownLastAt),
        countdownCoveredMs: given("countdownCoveredMs", webhooks.countdownCoveredMs),
        isReportedFailing: given("isReportedFailing", webhooks.isReportedFailing),
        isActive: given("isActive", webhooks.isActive),
        disabledReason: given("disabledReason", webhooks.disabledReason),
        disabledAt: given("disabledAt", webhooks.disabledAt),
      })
      .where(eq(webhooks.key, sql.placeholder("key"))),
  );
  const updateQueue = hotStatement(
    connection,
    db
      .update(webhookQueue)
      .set({
        isPaused: given("isPaused", webhookQueue.isPaused),
        failures: given("failures", webhookQueue.failures),
        openedAt: given("openedAt", webhookQueue.openedAt),
        probeDelayMs: given("probeDelayMs", webhookQueue.probeDelayMs),
        probeAt: given("probeAt", webhookQueue.probeAt),
        isDraining: given("isDraining", webhookQueue.isDraining),
        drain: given("drain", webhookQueue.drain),
      })
      .where(eq(webhookQueue.webhookKey, sql.placeholder("webhookKey"))),
  );

  return {
    saveWebhook: (webhook: Webhook) => updateWebhook.run(webhook),
    saveQueue: (queue: Queue) => updateQueue.run(queue),
  };
}
