import { and, eq, gt } from "drizzle-orm";
import { portalLinkCreated } from "@/domain/audit/access";
import type { AccessStore } from "../../store";
import type { Connection, Transaction } from "../connection/connection";
import { customers, portalLinks, portalSessions } from "../schema/tables";
import { audit } from "./audit-log";
import { findCustomer } from "./customers";

type Verbs = Pick<
  AccessStore,
  "createPortalLink" | "isPortalLinkOpen" | "redeemPortalLink" | "findPortalSession" | "endPortalSession"
>;

export function portalVerbs({ db, write, now }: Connection): Verbs {
  return {
    createPortalLink: ({ customerId, hash, lastsMs }, by) =>
      write(async (tx) => {
        const customer = await findCustomer(tx.db, customerId);
        if (!customer) return null;
        const expiresAt = tx.now + lastsMs;
        await tx.db.insert(portalLinks).values({ hash, customerKey: customer.key, expiresAt });
        await audit(tx, customer.key, portalLinkCreated(customer, expiresAt), by);
        return expiresAt;
      }),
    isPortalLinkOpen: async (hash) => (await findLink({ db, now: await now() }, hash)) !== undefined,
    redeemPortalLink: ({ hash, sessionHash, lastsMs }) =>
      write(async (tx) => {
        const link = await findLink(tx, hash);
        if (!link) return null;
        const { customerKey, customerId } = link;
        const expiresAt = tx.now + lastsMs;
        const used = await tx.db
          .delete(portalLinks)
          .where(eq(portalLinks.hash, hash))
          .returning({ hash: portalLinks.hash });
        if (used.length === 0) return null;
        await tx.db.insert(portalSessions).values({ hash: sessionHash, customerKey, expiresAt });
        return { customerId, expiresAt };
      }),
    findPortalSession: async (sessionHash) => {
      const isOpen = and(eq(portalSessions.hash, sessionHash), gt(portalSessions.expiresAt, await now()));
      const [session] = await db
        .select({ customerId: customers.id, expiresAt: portalSessions.expiresAt })
        .from(portalSessions)
        .innerJoin(customers, eq(customers.key, portalSessions.customerKey))
        .where(isOpen);
      return session ?? null;
    },
    endPortalSession: (sessionHash) =>
      write(async ({ db }) => {
        await db.delete(portalSessions).where(eq(portalSessions.hash, sessionHash));
      }),
  };
}

async function findLink({ db, now }: Transaction, hash: string) {
  const [link] = await db
    .select({ customerKey: portalLinks.customerKey, customerId: customers.id })
    .from(portalLinks)
    .innerJoin(customers, eq(customers.key, portalLinks.customerKey))
    .where(and(eq(portalLinks.hash, hash), gt(portalLinks.expiresAt, now)));
  return link;
}
