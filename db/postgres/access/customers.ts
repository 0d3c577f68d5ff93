import { and, desc, eq, inArray, isNull, lt, or } from "drizzle-orm";
import { audienceKeys } from "@/domain/agent/audience";
import { customerAudited, customerRenamed, memberAudited } from "@/domain/audit/access";
import type { Actor } from "@/domain/audit/actor";
import { deletedWebhook } from "@/domain/webhook/edit";
import type { AccessStore, Customer, Member } from "../../store";
import type { Connection, Database, Transaction } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { lockQueuesOf } from "../queue/queue-row";
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
import { audit } from "./audit-log";
import { emailOf, findMemberRow, toMember } from "./members";

type Verbs = Pick<
  AccessStore,
  | "createCustomer"
  | "createCustomerWithOwner"
  | "listCustomers"
  | "findCustomer"
  | "renameCustomer"
  | "deleteCustomer"
>;

/** Neither ended nor the platform's own, which nobody outside sees. */
export const isVisible = and(isNull(customers.deletedAt), eq(customers.isSystem, false));

export function customerVerbs({ db, write }: Connection): Verbs {
  return {
    createCustomer: (customer, by) => write((tx) => create(tx, customer, by)),
    createCustomerWithOwner: (customer, by) => write((tx) => createWithOwner(tx, customer, by)),
    listCustomers: async ({ pageSize, cursor }) => {
      const rows = await db
        .select()
        .from(customers)
        .where(and(isVisible, cursor === undefined ? undefined : lt(customers.key, Number(cursor))))
        .orderBy(desc(customers.key))
        .limit(pageSize + 1);
      const page = rows.slice(0, pageSize);
      const last = page.at(-1);
      return {
        items: page.map(toCustomer),
        next: rows.length > page.length && last ? String(last.key) : null,
      };
    },
    findCustomer: async (idOrExternalId) => {
      const row = await findCustomer(db, idOrExternalId);
      return row ? toCustomer(row) : null;
    },
    renameCustomer: (idOrExternalId, name, by) =>
      write(async (tx) => {
        const row = await findCustomer(tx.db, idOrExternalId);
        if (!row) return null;
        const isIt = and(eq(customers.key, row.key), isVisible);
        const [renamed] = await tx.db.update(customers).set({ name }).where(isIt).returning();
        if (!renamed) return null;
        await audit(tx, row.key, customerRenamed(row, name), by);
        return toCustomer(renamed);
      }),
    deleteCustomer: (idOrExternalId, by) =>
      write(async (tx) => {
        const row = await findCustomer(tx.db, idOrExternalId);
        if (!row) return false;
        await end(tx, row.key);
        await audit(tx, null, customerAudited("customer.deleted", row), by);
        return true;
      }),
  };
}

async function create(
  tx: Transaction,
  { id, name, externalId }: Omit<Customer, "createdAt">,
  by: Actor,
): Promise<Customer | "external_id_taken"> {
  if (externalId !== null && (await isTaken(tx.db, externalId))) return "external_id_taken";
  const [row] = await tx.db
    .insert(customers)
    .values({ id, name, externalId, createdAt: tx.now })
    .onConflictDoNothing({ target: customers.externalId })
    .returning();
  if (!row) return "external_id_taken";
  await audit(tx, row.key, customerAudited("customer.created", row), by);
  return toCustomer(row);
}

async function isTaken(db: Database, externalId: string): Promise<boolean> {
  const holders = await db
    .select({ key: customers.key })
    .from(customers)
    .where(or(eq(customers.id, externalId), eq(customers.externalId, externalId)));
  return holders.length > 0;
}

async function createWithOwner(
  tx: Transaction,
  { id, name, ownerId }: { id: string; name: string; ownerId: string },
  by: Actor,
): Promise<Member> {
  const existing = await findMemberRow(tx.db, ownerId);
  if (existing) return toMember(existing);
  const customer = onlyOne(await tx.db.insert(customers).values({ id, name, createdAt: tx.now }).returning());
  const values = { userId: ownerId, customerKey: customer.key, role: "owner", createdAt: tx.now } as const;
  const [member] = await tx.db.insert(members).values(values).onConflictDoNothing().returning();
  if (member) {
    const owner = { userId: ownerId, email: await emailOf(tx.db, ownerId) };
    const told = [
      customerAudited("customer.created", customer),
      memberAudited("member.joined", owner, "owner"),
    ];
    await audit(tx, customer.key, told, by);
    return toMember({ member, customerId: id });
  }
  // Somebody made them a member meanwhile.
  await tx.db.delete(customers).where(eq(customers.key, customer.key));
  return createWithOwner(tx, { id, name, ownerId }, by);
}

async function end({ db, now }: Transaction, customerKey: number): Promise<void> {
  const [ended] = await db
    .update(customers)
    // The external id is free for the next customer at once, although the row goes later.
    .set({ deletedAt: now, externalId: null })
    .where(eq(customers.key, customerKey))
    .returning({ agents: customers.agents });
  const audiences = audienceKeys(ended?.agents ?? null);
  await db.update(customers).set({ deletedAt: now }).where(inArray(customers.key, audiences));
  await endPeople(db, customerKey);
  for (const table of [apiKeys, members, invitations, portalLinks, portalSessions]) {
    await db.delete(table).where(eq(table.customerKey, customerKey));
  }
  const all = [customerKey, ...audiences];
  await lockQueuesOf(db, all);
  await db.delete(webhookQueue).where(inArray(webhookQueue.customerKey, all));
  await db
    .update(webhooks)
    .set(deletedWebhook(now))
    .where(and(inArray(webhooks.customerKey, all), isNull(webhooks.deletedAt)));
}

/** A person belongs to one customer only. Passwords and sessions go along, so the addresses are free again. */
async function endPeople(db: Database, customerKey: number): Promise<void> {
  const ofCustomer = db
    .select({ id: members.userId })
    .from(members)
    .where(eq(members.customerKey, customerKey));
  await db.delete(resetLinks).where(inArray(resetLinks.userId, ofCustomer));
  await db.delete(users).where(inArray(users.id, ofCustomer));
}

/** Finds the row of a visible customer by id or external id. */
export async function findCustomer(db: Database, idOrExternalId: string) {
  const named = or(eq(customers.id, idOrExternalId), eq(customers.externalId, idOrExternalId));
  const [row] = await db.select().from(customers).where(and(named, isVisible));
  return row;
}

/** The same for one that is about to change: others who do so wait until this transaction ends. */
export async function lockCustomer(db: Database, idOrExternalId: string) {
  const named = or(eq(customers.id, idOrExternalId), eq(customers.externalId, idOrExternalId));
  const [row] = await db.select().from(customers).where(and(named, isVisible)).for("update");
  return row;
}

export const toCustomer = ({ id, name, externalId, createdAt }: typeof customers.$inferSelect): Customer => ({
  id,
  name,
  externalId,
  createdAt,
});
