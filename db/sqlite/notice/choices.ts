import { eq, max } from "drizzle-orm";
import { noticesChosen } from "@/domain/audit/access";
import { inOrder, toChoice } from "../../rows/notice";
import type { NoticeStore } from "../../store";
import { auditWriter } from "../access/audit-log";
import { emailFinder, findMemberRow } from "../access/members";
import type { Connection } from "../connection/connection";
import { noticeChoices, notices } from "../schema/tables";

type Verbs = Pick<NoticeStore, "findNoticeChoice" | "chooseNotices" | "proveAddress">;

export function choiceVerbs(connection: Connection): Verbs {
  const { db, write } = connection;
  const findMember = findMemberRow(connection);
  const emailOf = emailFinder(connection);
  const audit = auditWriter(connection);

  return {
    findNoticeChoice: async (userId) => (findMember(userId) ? toChoice(userId, find(userId)) : null),
    chooseNotices: ({ userId, kinds }, by) =>
      write(() => {
        const member = findMember(userId)?.member;
        if (!member) return null;
        const before = find(userId);
        const chosen = inOrder(kinds);
        save(userId, member.customerKey, { kinds: chosen });
        const person = { userId, email: emailOf(userId) };
        audit(member.customerKey, noticesChosen(person, before?.kinds ?? [], chosen), by);
        return toChoice(userId, find(userId));
      }),
    proveAddress: (userId, address) =>
      write(() => {
        const member = findMember(userId)?.member;
        if (member) save(userId, member.customerKey, { address });
        return member !== undefined;
      }),
  };

  function find(userId: string) {
    return db.select().from(noticeChoices).where(eq(noticeChoices.userId, userId)).get();
  }

  /** What was passed on before is no news to who chooses now. */
  function save(
    userId: string,
    customerKey: number,
    change: Partial<Pick<typeof noticeChoices.$inferInsert, "kinds" | "address">>,
  ): void {
    const newest = db
      .select({ passed: max(notices.passed) })
      .from(notices)
      .where(eq(notices.customerKey, customerKey))
      .get();
    const toldUpTo = Math.max(newest?.passed ?? 0, find(userId)?.toldUpTo ?? 0);
    db.insert(noticeChoices)
      .values({ userId, customerKey, kinds: [], ...change, toldUpTo })
      .onConflictDoUpdate({ target: noticeChoices.userId, set: { ...change, toldUpTo, dueAt: null } })
      .run();
  }
}
