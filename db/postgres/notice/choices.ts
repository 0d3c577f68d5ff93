import { eq, max } from "drizzle-orm";
import { noticesChosen } from "@/domain/audit/access";
import { inOrder, toChoice } from "../../rows/notice";
import type { NoticeStore } from "../../store";
import { audit } from "../access/audit-log";
import { emailOf, findMemberRow, lockMemberRow } from "../access/members";
import type { Connection, Database } from "../connection/connection";
import { noticeChoices, notices } from "../schema/tables";

type Verbs = Pick<NoticeStore, "findNoticeChoice" | "chooseNotices" | "proveAddress">;

export function choiceVerbs({ db, write }: Connection): Verbs {
  return {
    findNoticeChoice: async (userId) =>
      (await findMemberRow(db, userId)) ? toChoice(userId, await find(db, userId)) : null,
    chooseNotices: ({ userId, kinds }, by) =>
      write(async (tx) => {
        const member = (await lockMemberRow(tx.db, userId))?.member;
        if (!member) return null;
        const before = await find(tx.db, userId);
        const chosen = inOrder(kinds);
        await save(tx.db, userId, member.customerKey, { kinds: chosen });
        const person = { userId, email: await emailOf(tx.db, userId) };
        await audit(tx, member.customerKey, noticesChosen(person, before?.kinds ?? [], chosen), by);
        return toChoice(userId, await find(tx.db, userId));
      }),
    proveAddress: (userId, address) =>
      write(async ({ db }) => {
        const member = (await lockMemberRow(db, userId))?.member;
        if (member) await save(db, userId, member.customerKey, { address });
        return member !== undefined;
      }),
  };
}

async function find(db: Database, userId: string) {
  const [row] = await db.select().from(noticeChoices).where(eq(noticeChoices.userId, userId));
  return row;
}

/** What was passed on before is no news to who chooses now. */
async function save(
  db: Database,
  userId: string,
  customerKey: number,
  change: Partial<Pick<typeof noticeChoices.$inferInsert, "kinds" | "address">>,
): Promise<void> {
  const [newest] = await db
    .select({ passed: max(notices.passed) })
    .from(notices)
    .where(eq(notices.customerKey, customerKey));
  const toldUpTo = Math.max(newest?.passed ?? 0, (await find(db, userId))?.toldUpTo ?? 0);
  await db
    .insert(noticeChoices)
    .values({ userId, customerKey, kinds: [], ...change, toldUpTo })
    .onConflictDoUpdate({ target: noticeChoices.userId, set: { ...change, toldUpTo, dueAt: null } });
}
