import { inArray, lte } from "drizzle-orm";
import type { Transaction } from "../connection/connection";
import { sessions } from "../schema/auth-tables";
import { invitations, platformSessions, portalLinks, portalSessions, resetLinks } from "../schema/tables";

/** Rows of each kind that one look takes. */
const batchRows = 200;

/** Takes away sessions and links that are over. Answers whether there may be more. */
export async function sweepAccess({ db, now }: Transaction): Promise<boolean> {
  const old = db
    .select({ id: sessions.id })
    .from(sessions)
    .where(lte(sessions.expiresAt, new Date(now)))
    .limit(batchRows);
  const removed = [await db.delete(sessions).where(inArray(sessions.id, old))];
  for (const table of [invitations, resetLinks, portalLinks, portalSessions, platformSessions]) {
    const over = db
      .select({ hash: table.hash })
      .from(table)
      .where(lte(table.expiresAt, now))
      .limit(batchRows);
    removed.push(await db.delete(table).where(inArray(table.hash, over)));
  }
  return removed.some(({ rowCount }) => rowCount === batchRows);
}
