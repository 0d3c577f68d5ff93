import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { type Audiences, audienceId, audienceKeys } from "@/domain/agent/audience";
import type { Detail } from "@/domain/agent/event-data";
import { isVisible } from "../access/customers";
import type { Database, Transaction } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { customers, webhooks } from "../schema/tables";

/** The customer whose agents subscribe. */
export type Owner = Pick<typeof customers.$inferSelect, "key" | "id" | "name" | "agents">;

const columns = { key: customers.key, id: customers.id, name: customers.name, agents: customers.agents };

export async function findOwner(db: Database, customerId: string): Promise<Owner | undefined> {
  const [owner] = await db
    .select(columns)
    .from(customers)
    .where(and(eq(customers.id, customerId), isVisible));
  return owner;
}

/**
 * The same of one whose subscriptions change: until this transaction ends nothing is published for it, so that an event
 * meets all of them as they are at one moment, and who changes them comes one after the other. Its key stays, as whoever
 * edits a webhook leaves it.
 */
export async function lockOwner(db: Database, customerId: string): Promise<Owner | undefined> {
  const [owner] = await lockOwners(db, [customerId]);
  return owner;
}

/** The same of several, in the order in which publishing locks them. */
export const lockOwners = (db: Database, customerIds: string[]): Promise<Owner[]> =>
  db
    .select(columns)
    .from(customers)
    .where(and(inArray(customers.id, customerIds), isVisible))
    .orderBy(asc(customers.key))
    .for("no key update");

/** Its audiences, made where it had no agent before, with the address by which an agent has just reached us. */
export async function keepAudiences(tx: Transaction, owner: Owner, site: string): Promise<Audiences> {
  if (owner.agents?.site === site) return owner.agents;
  const keys = owner.agents ?? {
    ids: await makeAudience(tx, owner, "ids"),
    full: await makeAudience(tx, owner, "full"),
  };
  const agents = { ...keys, site };
  await tx.db.update(customers).set({ agents }).where(eq(customers.key, owner.key));
  return agents;
}

async function makeAudience({ db, now }: Transaction, owner: Owner, detail: Detail): Promise<number> {
  const audience = { id: audienceId(owner.id, detail), name: `Agents of ${owner.name}`, isSystem: true };
  const made = await db
    .insert(customers)
    .values({ ...audience, createdAt: now })
    .returning({ key: customers.key });
  return onlyOne(made).key;
}

/** The webhooks of a customer's agents that are not deleted, whether they are over or not. */
export async function listAgents(db: Database, { agents }: Owner) {
  const keys = audienceKeys(agents);
  if (keys.length === 0) return [];
  return db
    .select()
    .from(webhooks)
    .where(and(inArray(webhooks.customerKey, keys), isNull(webhooks.deletedAt)));
}
