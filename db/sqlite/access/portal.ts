import { and, eq, gt, sql } from "drizzle-orm";
import { portalLinkCreated } from "@/domain/audit/access";
import type { AccessStore } from "../../store";
import type { Connection } from "../connection/connection";
import { customers, portalLinks, portalSessions } from "../schema/tables";
import { auditWriter } from "./audit-log";
import { customerFinder } from "./customers";

type Verbs = Pick<
  AccessStore,
  "createPortalLink" | "isPortalLinkOpen" | "redeemPortalLink" | "findPortalSession" | "endPortalSession"
>;

export function portalVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const findCustomer = customerFinder(connection);
  const audit = auditWriter(connection);
  const selectLink = db
    .select({ customerKey: portalLinks.customerKey, customerId: customers.id })
    .from(portalLinks)
    .innerJoin(customers, eq(customers.key, portalLinks.customerKey))
    .where(
      and(eq(portalLinks.hash, sql.placeholder("hash")), gt(portalLinks.expiresAt, sql.placeholder("now"))),
    )
    .prepare();
  const selectSession = db
    .select({ customerId: customers.id, expiresAt: portalSessions.expiresAt })
    .from(portalSessions)
    .innerJoin(customers, eq(customers.key, portalSessions.customerKey))
    .where(
      and(
        eq(portalSessions.hash, sql.placeholder("hash")),
        gt(portalSessions.expiresAt, sql.placeholder("now")),
      ),
    )
    .prepare();

  return {
    createPortalLink: ({ customerId, hash, lastsMs }, by) =>
      write(() => {
        const customer = findCustomer(customerId);
        if (!customer) return null;
        const expiresAt = clock() + lastsMs;
        db.insert(portalLinks).values({ hash, customerKey: customer.key, expiresAt }).run();
        audit(customer.key, portalLinkCreated(customer, expiresAt), by);
        return expiresAt;
      }),
    isPortalLinkOpen: async (hash) => selectLink.get({ hash, now: clock() }) !== undefined,
    redeemPortalLink: ({ hash, sessionHash, lastsMs }) =>
      write(() => {
        const now = clock();
        const link = selectLink.get({ hash, now });
        if (!link) return null;
        const { customerKey, customerId } = link;
        const expiresAt = now + lastsMs;
        db.delete(portalLinks).where(eq(portalLinks.hash, hash)).run();
        db.insert(portalSessions).values({ hash: sessionHash, customerKey, expiresAt }).run();
        return { customerId, expiresAt };
      }),
    findPortalSession: async (sessionHash) => selectSession.get({ hash: sessionHash, now: clock() }) ?? null,
    endPortalSession: (sessionHash) =>
      write(() => {
        db.delete(portalSessions).where(eq(portalSessions.hash, sessionHash)).run();
      }),
  };
}
