import { and, asc, count, eq, gt, inArray, isNotNull, isNull, lte, sql } from "drizzle-orm";
import { noticeLimits } from "@/domain/limits";
import { afterMail } from "@/domain/notice/mail-due";
import { toDigest } from "../../rows/notice";
import type { Digest, NoticeStore } from "../../store";
import type { Connection, Database, Transaction } from "../connection/connection";
import { customers, noticeChoices, notices, webhooks } from "../schema/tables";

type Verbs = Pick<NoticeStore, "claimDigest" | "settleDigest" | "countDigests">;
type Choice = typeof noticeChoices.$inferSelect;

export function digestVerbs({ db, now, write }: Connection): Verbs {
  return {
    claimDigest: async (lastsMs) => {
      const [due] = await dueChoices(db, await now());
      return due ? write((tx) => claim(tx, lastsMs)) : null;
    },
    settleDigest: ({ userId, upTo, lease }, isSent) =>
      write(async ({ db, now }) => {
        const isIt = and(eq(noticeChoices.userId, userId), eq(noticeChoices.lease, lease));
        const [choice] = await db.select().from(noticeChoices).where(isIt).for("update");
        if (!choice || choice.dueAt === null) return "lease_lost";
        const hasMore = (await listTold(db, { ...choice, toldUpTo: upTo })).length > 0;
        const { isGivenUp, ...mailing } = afterMail(choice, { isSent, hasMore }, now);
        const toldUpTo = isSent || isGivenUp ? upTo : choice.toldUpTo;
        await db
          .update(noticeChoices)
          .set({ ...mailing, toldUpTo })
          .where(isIt);
        return isGivenUp ? "given_up" : "settled";
      }),
    countDigests: async () => {
      const failing = sql<string>`count(*) filter (where ${noticeChoices.failures} > 0)`.mapWith(Number);
      const [counted] = await db
        .select({ waiting: count(), failing })
        .from(noticeChoices)
        .where(isNotNull(noticeChoices.dueAt));
      return counted ?? { waiting: 0, failing: 0 };
    },
  };
}

const dueChoices = (db: Database, now: number) =>
  db
    .select({ choice: noticeChoices, customerName: customers.name })
    .from(noticeChoices)
    .innerJoin(customers, eq(customers.key, noticeChoices.customerKey))
    .where(and(isNotNull(noticeChoices.dueAt), lte(noticeChoices.dueAt, now)))
    .orderBy(asc(noticeChoices.dueAt))
    .limit(1)
    .$dynamic();

/** What another worker has at the moment is left to it. */
async function claim(tx: Transaction, lastsMs: number): Promise<Digest | null> {
  const { db, now } = tx;
  const [due] = await dueChoices(db, now).for("update", { of: noticeChoices, skipLocked: true });
  if (!due) return null;
  const choice = { ...due.choice, lease: due.choice.lease + 1 };
  const digest = toDigest(choice, due.customerName, await listTold(db, choice));
  await db
    .update(noticeChoices)
    .set({ lease: choice.lease, dueAt: digest ? now + lastsMs : null })
    .where(eq(noticeChoices.userId, choice.userId));
  return digest ?? claim(tx, lastsMs);
}

/** Of what is passed on, what the member has not been told, but for what was deleted since. */
function listTold(db: Database, { customerKey, toldUpTo, kinds }: Choice) {
  const { kind, data, at, passed } = notices;
  const { id, url, description } = webhooks;
  return db
    .select({ kind, data, at, passed, id, url, description })
    .from(notices)
    .innerJoin(webhooks, and(eq(webhooks.key, notices.webhookKey), isNull(webhooks.deletedAt)))
    .where(and(eq(notices.customerKey, customerKey), gt(passed, toldUpTo), inArray(kind, kinds)))
    .orderBy(asc(passed))
    .limit(noticeLimits.perMail);
}
