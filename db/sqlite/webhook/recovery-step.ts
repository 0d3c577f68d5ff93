import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { resumed } from "@/domain/delivery/balance";
import { dueAgain } from "@/domain/delivery/redelivery";
import {
  byWebhook,
  type EndedDelivery,
  type MissedEvent,
  markedRecovered,
  wasCounted,
} from "../../rows/recovery-window";
import type { Connection } from "../connection/connection";
import { given, hotStatement } from "../connection/hot-statement";
import { sequencesOf } from "../connection/sequences";
import { eventWriter } from "../event/event-writer";
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
  const findTargets = recoveryTargets(connection);
  const nextRunning = db
    .select()
    .from(recoveries)
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
    const recovery = nextRunning.get({ after: served }) ?? nextRunning.get({ after: 0 });
    if (!recovery) return false;
    served = recovery.key;
    const receiving = liveWebhooks(recovery);
    const window = receiving.length > 0 ? findTargets(receiving, recovery) : null;
    if (!window?.after) {
      // What needed it no longer, since somebody else had sent it again, is dealt with too.
      save(recovery, { state: "done", done: recovery.total, endedAt: clock() });
      return true;
    }
    const { ended, missed } = window;
    if (ended.length > 0) resend(recovery, ended);
    if (missed.length > 0) send(recovery, missed);
    const count = ended.length + missed.reduce((sum, { webhookKeys }) => sum + webhookKeys.length, 0);
    const done = recovery.done + count;
    // More than were counted, when the range was too long to be looked through at first.
    const total = Math.max(recovery.total, done);
    save(recovery, { ...window.after, done, sent: recovery.sent + count, total });
    return true;
  };

  function liveWebhooks({ targets }: Row) {
    const keys = targets.map(({ key }) => key);
    return db
      .select()
      .from(webhooks)
      .where(and(inArray(webhooks.key, keys), isNull(webhooks.deletedAt)))
      .all();
  }

  function resend(recovery: Row, ended: EndedDelivery[]): void {
    db.update(deliveries)
      .set({
        ...dueAgain(clock()),
        recoveryKey: recovery.key,
        attemptsBefore: sql`${deliveries.attempts}`,
        change: sequences.take("change", 1),
      })
      .where(
        inArray(
          deliveries.key,
          ended.map(({ key }) => key),
        ),
      )
      .run();
    for (const [webhookKey, own] of byWebhook(ended))
      queue.refresh(webhookKey, resumed(own.map(({ status }) => status)));
  }

  function send(recovery: Row, missed: MissedEvent[]): void {
    const matches = missed.flatMap(({ key, type, skipped, webhookKeys }) =>
      webhookKeys.map((webhookKey) => ({
        eventKey: key,
        eventType: type,
        customerKey: recovery.customerKey,
        webhookKey,
        wasMissed: wasCounted({ skipped }, webhookKey),
      })),
    );
    insert.deliveries(matches, clock(), sequences.take("change", matches.length));
    for (const { eventKey, webhookKey } of matches) {
      db.update(deliveries)
        .set({ recoveryKey: recovery.key, attemptsBefore: 0 })
        .where(and(eq(deliveries.eventKey, eventKey), eq(deliveries.webhookKey, webhookKey)))
        .run();
    }
    for (const [webhookKey, own] of byWebhook(matches.filter(({ wasMissed }) => wasMissed)))
      miss(webhookKey, -own.length);
    for (const event of missed) markRecovered.run({ key: event.key, skipped: markedRecovered(event) });
  }

  function save(recovery: Row, progress: Partial<Row>): void {
    db.update(recoveries).set(progress).where(eq(recoveries.key, recovery.key)).run();
  }
}
