import { randomUUID } from "node:crypto";
import { and, asc, eq, isNull, max } from "drizzle-orm";
import { eventBody } from "@/domain/event/event";
import type { Skipped } from "@/domain/event/fan-out";
import { noticeType } from "@/domain/notice/kinds";
import { dueAfterNotice } from "@/domain/notice/mail-due";
import { fanOutNotice } from "@/domain/notice/notice";
import { isToMail, nextPass, noticeData } from "../../rows/notice";
import type { NoticeStore } from "../../store";
import type { Connection } from "../connection/connection";
import { sequencesOf } from "../connection/sequences";
import { eventWriter } from "../event/event-writer";
import { counters } from "../queue/counters";
import { noticeChoices, notices, webhooks } from "../schema/tables";

/** Notices that one transaction passes on. */
const batchRows = 50;

type NoticeRow = typeof notices.$inferSelect;

export function passOnVerbs(connection: Connection): Pick<NoticeStore, "passOnNotices"> {
  const { db, write, clock } = connection;
  const sequences = sequencesOf(connection);
  const insert = eventWriter(connection);
  const { miss } = counters(connection);
  const selectFirst = db
    .select({ customerKey: notices.customerKey })
    .from(notices)
    .where(isNull(notices.passed))
    .orderBy(asc(notices.key))
    .limit(1)
    .prepare();

  return { passOnNotices: async () => (selectFirst.get() ? write(passOn) : false) };

  function passOn(): boolean {
    const first = selectFirst.get();
    if (!first) return false;
    const { customerKey } = first;
    const ofCustomer = and(eq(notices.customerKey, customerKey), isNull(notices.passed));
    const rows = db.select().from(notices).where(ofCustomer).orderBy(asc(notices.key)).limit(batchRows).all();
    tellWebhooks(customerKey, rows);
    const choices = db.select().from(noticeChoices).where(eq(noticeChoices.customerKey, customerKey)).all();
    const newest = db
      .select({ passed: max(notices.passed) })
      .from(notices)
      .where(eq(notices.customerKey, customerKey))
      .get();
    const pass = nextPass(newest?.passed ?? null, choices);
    for (const [index, { key }] of rows.entries())
      db.update(notices)
        .set({ passed: pass + index })
        .where(eq(notices.key, key))
        .run();
    for (const choice of choices.filter((each) => isToMail(each, rows)))
      db.update(noticeChoices)
        .set({ dueAt: dueAfterNotice(choice, clock()) })
        .where(eq(noticeChoices.userId, choice.userId))
        .run();
    return true;
  }

  function tellWebhooks(customerKey: number, rows: NoticeRow[]): void {
    const own = db
      .select()
      .from(webhooks)
      .where(and(eq(webhooks.customerKey, customerKey), isNull(webhooks.deletedAt)))
      .all();
    for (const { kind, webhookKey, data } of rows) {
      const subject = own.find(({ key }) => key === webhookKey);
      if (!subject) continue; // nobody wants to hear of what is deleted
      const dataJson = JSON.stringify(noticeData(subject, data));
      const { targets, skipped } = fanOutNotice({ kind, webhookKey, dataJson }, own);
      // What nobody asks for would only fill the list of events.
      if (targets.length > 0) publish(customerKey, noticeType(kind), dataJson, targets, skipped);
    }
  }

  function publish(
    customerKey: number,
    type: string,
    dataJson: string,
    targets: number[],
    skipped: Skipped[],
  ): void {
    const [id, now] = [randomUUID(), clock()];
    const eventKey = insert.event({
      id,
      customerKey,
      type,
      payload: eventBody({ id, type, createdAt: now, dataJson }),
      contentHash: "",
      isTest: false,
      deliveries: targets.length,
      skipped,
      createdAt: now,
    });
    insert.deliveries(
      targets.map((webhookKey) => ({ eventKey, eventType: type, customerKey, webhookKey })),
      now,
      sequences.take("change", targets.length),
    );
    for (const [key, reason] of skipped) if (reason === "inactive") miss(key, 1);
  }
}
