import { inArray, lte } from "drizzle-orm";
import type { Connection } from "../connection/connection";
import { sessions } from "../schema/auth-tables";
import { invitations, platformSessions, portalLinks, portalSessions, resetLinks } from "../schema/tables";

/** Rows of each kind that one look takes. */
const batchRows = 200;

/**
 * Takes away sessions and links that are over, the oldest first. Answers whether there may be more. Only inside
 * `write`.
 */
export function accessSweep({ db, clock }: Connection): () => boolean {
  const outdated = [
    () => {
      const isOver = lte(sessions.expiresAt, new Date(clock()));
      const batch = db.select({ id: sessions.id }).from(sessions).where(isOver).limit(batchRows);
      return db.delete(sessions).where(inArray(sessions.id, batch));
    },
    ...[invitations, resetLinks, portalLinks, portalSessions, platformSessions].map((table) => () => {
      const isOver = lte(table.expiresAt, clock());
      const batch = db.select({ hash: table.hash }).from(table).where(isOver).limit(batchRows);
      return db.delete(table).where(inArray(table.hash, batch));
    }),
  ];
  return () => outdated.map((query) => query().run().changes).some((changes) => changes === batchRows);
}
