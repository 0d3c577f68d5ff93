import { and, desc, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { audienceKeys } from "@/domain/agent/audience";
import { customerAudited, customerRenamed, memberAudited } from "@/domain/audit/access";
import type { Actor } from "@/domain/audit/actor";
import { deletedWebhook } from "@/domain/webhook/edit";
import type { AccessStore, Customer, Member } from "../../store";
import type { Connection } from "../connection/connection";
import { users } from "../schema/auth-tables";
import {
  apiKeys,
  customers,
  invitations,
  members,
  portalLinks,
  portalSessions,
  resetLinks,
  webhookQueue,
  webhooks,
} from "../schema/tables";
import { auditWriter } from "./audit-log";
import { emailFinder, findMemberRow, toMember } from "./members";

type Verbs = Pick<
  AccessStore,
  | "createCustomer"
  | "createCustomerWithOwner"
  | "listCustomers"
  | "findCustomer"
  | "renameCustomer"
  | "deleteCustomer"
>;

/** Neither ended nor the platform's own or an audience of agents, which nobody outside sees. */
export const isVisible = and(isNull(customers.deletedAt), eq(customers.isSystem, false));

export function customerVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const find = customerFinder(connection);
  const memberOf = findMemberRow(connection);
  const emailOf = emailFinder(connection);
  const audit = auditWriter(connection);

  return {
    createCustomer: (customer, by) => write(() => create(customer, by)),
    createCustomerWithOwner: (customer, by) => write(() => createWithOwner(customer, by)),
    listCustomers: async ({ pageSize, cursor }) => {
      const rows = db
        .select()
        .from(customers)
        .where(and(isVisible, cursor === undefined ? undefined : lt(customers.key, Number(cursor))))
        .orderBy(desc(customers.key))
        .limit(pageSize + 1)
        .all();
      const page = rows.slice(0, pageSize);
      const last = page.at(-1);
      return {
        items: page.map(toCustomer),
        next: rows.length > page.length && last ? String(last.key) : null,
      };
    },
    findCustomer: async (idOrExternalId) => {
      const row = find(idOrExternalId);
      return row ? toCustomer(row) : null;
    },
    renameCustomer: (idOrExternalId, name, by) =>
      write(() => {
        const row = find(idOrExternalId);
        if (!row) return null;
        db.update(customers).set({ name }).where(eq(customers.key, row.key)).run();
        audit(row.key, customerRenamed(row, name), by);
        return toCustomer({ ...row, name });
      }),
    deleteCustomer: (idOrExternalId, by) =>
      write(() => {
        const row = find(idOrExternalId);
        if (!row) return false;
        for (const key of [row.key, ...audienceKeys(row.agents)]) end(key);
        audit(null, customerAudited("customer.deleted", row), by);
        return true;
      }),
  };

  function create(customer: Omit<Customer, "createdAt">, by: Actor): Customer | "external_id_taken" {
    const { externalId } = customer;
    if (externalId !== null && isTaken(externalId)) return "external_id_taken";
    return toCustomer(insert(customer, by));
  }

  function isTaken(externalId: string): boolean {
    const holder = db
      .select({ key: customers.key })
      .from(customers)
      .where(or(eq(customers.id, externalId), eq(customers.externalId, externalId)))
      .get();
    return holder !== undefined;
  }

  function createWithOwner(
    { id, name, ownerId }: { id: string; name: string; ownerId: string },
    by: Actor,
  ): Member {
    const existing = memberOf(ownerId);
    if (existing) return toMember(existing);
    const customer = insert({ id, name, externalId: null }, by);
    const member = db
      .insert(members)
      .values({ userId: ownerId, customerKey: customer.key, role: "owner", createdAt: customer.createdAt })
      .returning()
      .get();
    audit(
      customer.key,
      memberAudited("member.joined", { userId: ownerId, email: emailOf(ownerId) }, "owner"),
      by,
    );
    return toMember({ member, customerId: id });
  }

  function insert({ id, name, externalId }: Omit<Customer, "createdAt">, by: Actor) {
    const row = db.insert(customers).values({ id, name, externalId, createdAt: clock() }).returning().get();
    audit(row.key, customerAudited("customer.created", row), by);
    return row;
  }

  function end(customerKey: number): void {
    // The external id is free for the next customer at once, although the row goes later.
    db.update(customers)
      .set({ deletedAt: clock(), externalId: null })
      .where(eq(customers.key, customerKey))
      .run();
    endPeople(customerKey);
    for (const table of [apiKeys, members, invitations, portalLinks, portalSessions, webhookQueue]) {
      db.delete(table).where(eq(table.customerKey, customerKey)).run();
    }
    db.update(webhooks)
      .set(deletedWebhook(clock()))
      .where(and(eq(webhooks.customerKey, customerKey), isNull(webhooks.deletedAt)))
      .run();
  }

  /** A person belongs to one customer only. Passwords and sessions go along, so the addresses are free again. */
  function endPeople(customerKey: number): void {
    const ofCustomer = db
      .select({ id: members.userId })
      .from(members)
      .where(eq(members.customerKey, customerKey));
    db.delete(resetLinks).where(inArray(resetLinks.userId, ofCustomer)).run();
    db.delete(users).where(inArray(users.id, ofCustomer)).run();
  }
}

/** Finds the row of a visible customer by id or external id. */
export function customerFinder({ db }: Connection) {
  const name = sql.placeholder("name");
  const select = db
    .select()
    .from(customers)
    .where(and(or(eq(customers.id, name), eq(customers.externalId, name)), isVisible))
    .prepare();
  return (idOrExternalId: string) => select.get({ name: idOrExternalId });
}

export const toCustomer = ({ id, name, externalId, createdAt }: typeof customers.$inferSelect): Customer => ({
  id,
  name,
  externalId,
  createdAt,
});
