import { randomUUID } from "node:crypto";
import { and, asc, eq, isNull, max, sql } from "drizzle-orm";
import { eventBody } from "@/domain/event/event";
import { noticeType } from "@/domain/notice/kinds";
import { dueAfterNotice } from "@/domain/notice/mail-due";
import { fanOutNotice } from "@/domain/notice/notice";
import { isToMail, nextPass, noticeData } from "../../rows/notice";
import type { NoticeStore } from "../../store";
import type { Connection, Database, Transaction } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { type NewRow, writeEvents } from "../event/write-events";
import { customers, noticeChoices, notices, webhooks } from "../schema/tables";

/** Notices that one transaction passes on. */
const batchRows = 50;
/** Any number that nobody else takes for this: one worker at a time, so that they are numbered as they are committed. */
const lockNumber = 4_615_227_003;

type NoticeRow = typeof notices.$inferSelect;

export function passOnVerbs({ db, write }: Connection): Pick<NoticeStore, "passOnNotices"> {
  return { passOnNotices: async () => ((await findFirst(db)) ? write(passOn) : false) };
}

async function passOn(tx: Transaction): Promise<boolean> {
  const { db } = tx;
  if (!(await isAlone(db))) return false;
  const first = await findFirst(db);
  if (!first) return false;
  const { customerKey } = first;
  // As publishing does, so that what is told meets all webhooks as they are at one moment.
  await db.select({ key: customers.key }).from(customers).where(eq(customers.key, customerKey)).for("share");
  const rows = await db
    .select()
    .from(notices)
    .where(and(eq(notices.customerKey, customerKey), isNull(notices.passed)))
    .orderBy(asc(notices.key))
    .limit(batchRows);
  const choices = await lockChoices(db, customerKey);
  const [newest] = await db
    .select({ passed: max(notices.passed) })
    .from(notices)
    .where(eq(notices.customerKey, customerKey));
  const pass = nextPass(newest?.passed ?? null, choices);
  for (const [index, { key }] of rows.entries())
    await db
      .update(notices)
      .set({ passed: pass + index })
      .where(eq(notices.key, key));
  for (const choice of choices.filter((each) => isToMail(each, rows)))
    await db
      .update(noticeChoices)
      .set({ dueAt: dueAfterNotice(choice, tx.now) })
      .where(eq(noticeChoices.userId, choice.userId));
  await tellWebhooks(tx, customerKey, rows);
  return true;
}

async function findFirst(db: Database) {
  const [row] = await db
    .select({ customerKey: notices.customerKey })
    .from(notices)
    .where(isNull(notices.passed))
    .orderBy(asc(notices.key))
    .limit(1);
  return row;
}

/** Until this transaction ends; false while another worker passes something on. */
async function isAlone(db: Database): Promise<boolean> {
  const { rows } = await db.execute<{ is_ours: boolean }>(
    sql`select pg_try_advisory_xact_lock(${lockNumber}) as is_ours`,
  );
  return onlyOne(rows).is_ours;
}

const lockChoices = (db: Database, customerKey: number) =>
  db
    .select()
    .from(noticeChoices)
    .where(eq(noticeChoices.customerKey, customerKey))
    .orderBy(asc(noticeChoices.userId))
    .for("update");

async function tellWebhooks(tx: Transaction, customerKey: number, rows: NoticeRow[]): Promise<void> {
  const own = await tx.db
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.customerKey, customerKey), isNull(webhooks.deletedAt)));
  const events = rows.flatMap(({ kind, webhookKey, data }): NewRow[] => {
    const subject = own.find(({ key }) => key === webhookKey);
    if (!subject) return []; // nobody wants to hear of what is deleted
    const [id, type] = [randomUUID(), noticeType(kind)];
    const dataJson = JSON.stringify(noticeData(subject, data));
    const payload = eventBody({ id, type, createdAt: tx.now, dataJson });
    const fates = fanOutNotice({ kind, webhookKey, dataJson }, own);
    // What nobody asks for would only fill the list of events.
    if (fates.targets.length === 0) return [];
    return [{ id, customerKey, type, payload, contentHash: "", isTest: false, ...fates }];
  });
  await writeEvents(tx, events);
}
