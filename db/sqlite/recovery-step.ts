import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import type { Connection } from "./connection";
import { countersOf } from "./counters";
import { dueAgain } from "./deliveries";
import { eventWriter } from "./publish";
import { queueRows } from "./queue-row";
import { type RecoveryRange, recoveryTargets, type Webhook } from "./recovery-targets";
import { deliveries, recoveries, webhooks } from "./schema";

type Row = typeof recoveries.$inferSelect;

/** One window of one running recovery, which take turns. False when none runs. Only inside `write`. */
export function recoveryStep(connection: Connection): () => boolean {
  const { db, clock } = connection;
  const counters = countersOf(connection);
  const queue = queueRows(connection);
  const insert = eventWriter(connection);
  const targets = recoveryTargets(connection);
  const nextRunning = db
    .select({ recovery: recoveries, webhook: webhooks })
    .from(recoveries)
    .innerJoin(webhooks, eq(webhooks.key, recoveries.webhookKey))
    .where(and(sql`${recoveries.state} = 'running'`, gt(recoveries.key, sql.placeholder("after"))))
    .orderBy(asc(recoveries.key))
    .limit(1)
    .prepare();
  let served = 0;

  return () => {
    const row = nextRunning.get({ after: served }) ?? nextRunning.get({ after: 0 });
    if (!row) return false;
    const { recovery, webhook } = row;
    served = recovery.key;
    const isOver = webhook.deletedAt !== null;
    if (isOver || !(resendFailed(webhook, recovery) || sendMissed(webhook, recovery))) {
      // What needed it no longer, since somebody else had sent it again, is dealt with too.
      save(recovery, { state: "done", done: recovery.total, endedAt: clock() });
    }
    return true;
  };

  function resendFailed(webhook: Webhook, recovery: Row): boolean {
    const { targets: keys, after } = targets.failed(webhook, recovery);
    if (!after) return false;
    if (keys.length > 0) {
      db.update(deliveries)
        .set({ ...dueAgain(clock()), change: counters.take("change", 1) })
        .where(inArray(deliveries.key, keys))
        .run();
      queue.refresh(webhook.key, keys.length);
    }
    advance(recovery, after, keys.length);
    return true;
  }

  function sendMissed(webhook: Webhook, recovery: Row): boolean {
    const { targets: missed, after } = targets.missed(webhook, recovery);
    if (!after) return false;
    if (missed.length > 0) {
      const { key: webhookKey, customerKey } = webhook;
      const matches = missed.map(({ key, type }) => ({
        eventKey: key,
        eventType: type,
        customerKey,
        webhookKey,
      }));
      insert.deliveries(matches, clock(), counters.take("change", matches.length));
    }
    advance(recovery, after, missed.length);
    return true;
  }

  function advance(recovery: Row, after: Partial<RecoveryRange>, count: number): void {
    save(recovery, { ...after, done: recovery.done + count });
  }

  function save(recovery: Row, progress: Partial<Row>): void {
    db.update(recoveries).set(progress).where(eq(recoveries.key, recovery.key)).run();
  }
}
