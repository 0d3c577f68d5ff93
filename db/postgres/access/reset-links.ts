import { and, eq, gt } from "drizzle-orm";
import { resetLinkCreated } from "@/domain/audit/access";
import type { AccessStore } from "../../store";
import type { Connection, Database } from "../connection/connection";
import { resetLinks } from "../schema/tables";
import { audit } from "./audit-log";
import { emailOf, findMemberRow } from "./members";

type Verbs = Pick<AccessStore, "createResetLink" | "isResetLinkOpen" | "redeemResetLink" | "endResetLink">;

export function resetLinkVerbs({ db, write, now }: Connection): Verbs {
  return {
    createResetLink: ({ userId, makerId, hash, lastsMs }, by) =>
      write(async (tx) => {
        const { db, now } = tx;
        if (makerId !== null && !(await isOwnerOf(db, makerId, userId))) return false;
        const link = { makerId, hash, expiresAt: now + lastsMs };
        await db
          .insert(resetLinks)
          .values({ userId, ...link })
          .onConflictDoUpdate({ target: resetLinks.userId, set: link });
        const customerKey = (await findMemberRow(db, userId))?.member.customerKey ?? null;
        await audit(tx, customerKey, resetLinkCreated({ userId, email: await emailOf(db, userId) }), by);
        return true;
      }),
    isResetLinkOpen: async (hash) => {
      const open = await db
        .select()
        .from(resetLinks)
        .where(isOpen(hash, await now()));
      return open.length > 0;
    },
    redeemResetLink: (hash) =>
      write(async ({ db, now }) => {
        const [used] = await db
          .delete(resetLinks)
          .where(isOpen(hash, now))
          .returning({ userId: resetLinks.userId });
        return used?.userId ?? null;
      }),
    endResetLink: (userId) =>
      write(async ({ db }) => {
        await db.delete(resetLinks).where(eq(resetLinks.userId, userId));
      }),
  };
}

const isOpen = (hash: string, now: number) => and(eq(resetLinks.hash, hash), gt(resetLinks.expiresAt, now));

async function isOwnerOf(db: Database, makerId: string, userId: string): Promise<boolean> {
  const maker = await findMemberRow(db, makerId);
  return maker?.member.role === "owner" && maker.customerId === (await findMemberRow(db, userId))?.customerId;
}
