import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import { moved } from "@/domain/delivery/balance";
import { dueAgain } from "@/domain/delivery/redelivery";
import type { FailedDelivery, MissedEvent, Recovering } from "../../rows/recovery-window";
import type { Connection } from "../connection/connection";
import { given, hotStatement } from "../connection/hot-statement";
import { sequencesOf } from "../connection/sequences";
import { eventWriter } from "../event/publish";
import { counters } from "../queue/counters";
import { queueRows } from "../queue/queue-row";
import { deliveries, events, recoveries, webhooks } from "../schema/tables";
import { recoveryTargets } from "./recovery-targets";

type Row = typeof recoveries.$inferSelect;

/** One window of one running recovery, which take turns. False when none runs. Only inside `write`. */
export function recoveryStep(connection: Connection): () => boolean {
  const { db, clock } = connection;
  const sequences = sequencesOf(connection);
  const queue = queueRows(connection);
  const insert = eventWriter(connection);
  const { miss } = counters(connection);
  const targets = recoveryTargets(connection);
  const nextRunning = db
    .select({ recovery: recoveries, webhook: webhooks })
    .from(recoveries)
    .innerJoin(webhooks, eq(webhooks.key, recoveries.webhookKey))
    .where(and(sql`${recoveries.state} = 'running'`, gt(recoveries.key, sql.placeholder("after"))))
    .orderBy(asc(recoveries.key))
    .limit(1)
    .prepare();
  const markRecovered = hotStatement(
    connection,
    db
      .update(events)
      .set({ skipped: given("skipped", events.skipped) })
      .where(eq(events.key, sql.placeholder("key"))),
  );
  let served = 0;

  return () => {
    const row = nextRunning.get({ after: served }) ?? nextRunning.get({ after: 0 });
    if (!row) return false;
    const { recovery, webhook } = row;
    served = recovery.key;
    const window = webhook.deletedAt === null ? targets(webhook, recovery) : null;
    if (!window?.after) {
      // What needed it no longer, since somebody else had sent it again, is dealt with too.
      save(recovery, { state: "done", done: recovery.total, endedAt: clock() });
      return true;
    }
    if (window.failed.length > 0) resend(webhook, window.failed);
    if (window.missed.length > 0) send(webhook, window.missed);
    const done = recovery.done + window.failed.length + window.missed.length;
    // More than were counted, when the range was too long to be looked through at first.
    save(recovery, { ...window.after, done, total: Math.max(recovery.total, done) });
    return true;
  };

  function resend(webhook: Recovering, failed: FailedDelivery[]): void {
    const keys = failed.map(({ key }) => key);
    db.update(deliveries)
      .set({ ...dueAgain(clock()), change: sequences.take("change", 1) })
      .where(inArray(deliveries.key, keys))
      .run();
    queue.refresh(webhook.key, moved("failed", "pending", keys.length));
  }

  function send({ key: webhookKey, customerKey }: Recovering, missed: MissedEvent[]): void {
    const matches = missed.map(({ key, type }) => ({
      eventKey: key,
      eventType: type,
      customerKey,
      webhookKey,
    }));
    insert.deliveries(matches, clock(), sequences.take("change", matches.length));
    // Those that it had missed were counted as they came. What is older than the webhook matches only now.
    const counted = missed.filter(({ skipped }) => skipped.some(([each]) => each === webhookKey));
    if (counted.length > 0) miss(webhookKey, -counted.length);
    for (const { key, skipped } of missed) {
      // It is missed no longer, also when this delivery will be pruned before the event.
      const others = skipped.filter(([each]) => each !== webhookKey);
      markRecovered.run({ key, skipped: [...others, [webhookKey, "recovered"]] });
    }
  }

  function save(recovery: Row, progress: Partial<Row>): void {
    db.update(recoveries).set(progress).where(eq(recoveries.key, recovery.key)).run();
  }
}
