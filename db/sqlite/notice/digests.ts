import { and, asc, count, eq, gt, inArray, isNotNull, isNull, lte, sql } from "drizzle-orm";
import { noticeLimits } from "@/domain/limits";
import { afterMail } from "@/domain/notice/mail-due";
import { toDigest } from "../../rows/notice";
import type { Digest, NoticeStore } from "../../store";
import type { Connection } from "../connection/connection";
import { customers, noticeChoices, notices, webhooks } from "../schema/tables";

type Verbs = Pick<NoticeStore, "claimDigest" | "settleDigest" | "countDigests">;
type Choice = typeof noticeChoices.$inferSelect;

export function digestVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const selectDue = db
    .select({ choice: noticeChoices, customerName: customers.name })
    .from(noticeChoices)
    .innerJoin(customers, eq(customers.key, noticeChoices.customerKey))
    .where(and(isNotNull(noticeChoices.dueAt), lte(noticeChoices.dueAt, sql.placeholder("now"))))
    .orderBy(asc(noticeChoices.dueAt))
    .limit(1)
    .prepare();

  return {
    claimDigest: async (lastsMs) => (selectDue.get({ now: clock() }) ? write(() => claim(lastsMs)) : null),
    settleDigest: ({ userId, upTo, lease }, isSent) =>
      write(() => {
        const isIt = and(eq(noticeChoices.userId, userId), eq(noticeChoices.lease, lease));
        const choice = db.select().from(noticeChoices).where(isIt).get();
        if (!choice || choice.dueAt === null) return "lease_lost";
        const hasMore = listTold({ ...choice, toldUpTo: upTo }).length > 0;
        const { isGivenUp, ...mailing } = afterMail(choice, { isSent, hasMore }, clock());
        const toldUpTo = isSent || isGivenUp ? upTo : choice.toldUpTo;
        db.update(noticeChoices)
          .set({ ...mailing, toldUpTo })
          .where(isIt)
          .run();
        return isGivenUp ? "given_up" : "settled";
      }),
    countDigests: async () => {
      const failing = sql<number>`count(*) filter (where ${noticeChoices.failures} > 0)`;
      const counted = db
        .select({ waiting: count(), failing })
        .from(noticeChoices)
        .where(isNotNull(noticeChoices.dueAt))
        .get();
      return counted ?? { waiting: 0, failing: 0 };
    },
  };

  function claim(lastsMs: number): Digest | null {
    const due = selectDue.get({ now: clock() });
    if (!due) return null;
    const choice = { ...due.choice, lease: due.choice.lease + 1 };
    const digest = toDigest(choice, due.customerName, listTold(choice));
    db.update(noticeChoices)
      .set({ lease: choice.lease, dueAt: digest ? clock() + lastsMs : null })
      .where(eq(noticeChoices.userId, choice.userId))
      .run();
    return digest ?? claim(lastsMs);
  }

  /** Of what is passed on, what the member has not been told, but for what was deleted since. */
  function listTold({ customerKey, toldUpTo, kinds }: Choice) {
    const { kind, data, at, passed } = notices;
    const { id, url, description } = webhooks;
    return db
      .select({ kind, data, at, passed, id, url, description })
      .from(notices)
      .innerJoin(webhooks, and(eq(webhooks.key, notices.webhookKey), isNull(webhooks.deletedAt)))
      .where(and(eq(notices.customerKey, customerKey), gt(passed, toldUpTo), inArray(kind, kinds)))
      .orderBy(asc(passed))
      .limit(noticeLimits.perMail)
      .all();
  }
}
