import { and, eq, gt, sql } from "drizzle-orm";
import { resetLinkCreated } from "@/domain/audit/access";
import type { AccessStore } from "../../store";
import type { Connection } from "../connection/connection";
import { resetLinks } from "../schema/tables";
import { auditWriter } from "./audit-log";
import { emailFinder, findMemberRow } from "./members";

type Verbs = Pick<AccessStore, "createResetLink" | "isResetLinkOpen" | "redeemResetLink" | "endResetLink">;

export function resetLinkVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const memberOf = findMemberRow(connection);
  const emailOf = emailFinder(connection);
  const audit = auditWriter(connection);
  const select = db
    .select({ userId: resetLinks.userId })
    .from(resetLinks)
    .where(
      and(eq(resetLinks.hash, sql.placeholder("hash")), gt(resetLinks.expiresAt, sql.placeholder("now"))),
    )
    .prepare();
  const end = (userId: string) => db.delete(resetLinks).where(eq(resetLinks.userId, userId)).run();

  return {
    createResetLink: ({ userId, makerId, hash, lastsMs }, by) =>
      write(() => {
        if (makerId !== null && !isOwnerOf(makerId, userId)) return false;
        const link = { makerId, hash, expiresAt: clock() + lastsMs };
        db.insert(resetLinks)
          .values({ userId, ...link })
          .onConflictDoUpdate({ target: resetLinks.userId, set: link })
          .run();
        const customerKey = memberOf(userId)?.member.customerKey ?? null;
        audit(customerKey, resetLinkCreated({ userId, email: emailOf(userId) }), by);
        return true;
      }),
    isResetLinkOpen: async (hash) => select.get({ hash, now: clock() }) !== undefined,
    redeemResetLink: (hash) =>
      write(() => {
        const link = select.get({ hash, now: clock() });
        if (!link) return null;
        end(link.userId);
        return link.userId;
      }),
    endResetLink: (userId) => write(() => void end(userId)),
  };

  function isOwnerOf(makerId: string, userId: string): boolean {
    const maker = memberOf(makerId);
    return maker?.member.role === "owner" && maker.customerId === memberOf(userId)?.customerId;
  }
}
