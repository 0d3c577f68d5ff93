import { and, eq, isNull, sql } from "drizzle-orm";
import { type Audiences, audienceId, audienceKeys, customerOfAudience } from "@/domain/agent/audience";
import type { Detail } from "@/domain/agent/event-data";
import { shared } from "../connection/shared";
import { customers, webhooks } from "../schema/tables";

type Customer = Pick<typeof customers.$inferSelect, "key" | "id" | "name" | "agents">;

/** The hidden customers of a customer whose webhooks are its agents' subscriptions (see domain/agent/audience). */
export const audienceRows = shared((connection) => {
  const { db, clock } = connection;
  const selectLive = db
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.customerKey, sql.placeholder("audience")), isNull(webhooks.deletedAt)))
    .prepare();
  const selectId = db
    .select({ id: customers.id })
    .from(customers)
    .where(eq(customers.key, sql.placeholder("key")))
    .prepare();
  const selectKey = db
    .select({ key: customers.key })
    .from(customers)
    .where(eq(customers.id, sql.placeholder("id")))
    .prepare();

  return {
    /** Makes them with the first subscription, and notes by which address its agents reach us. Only inside `write`. */
    keep(customer: Customer, site: string): Audiences {
      const { agents } = customer;
      if (agents?.site === site) return agents;
      const kept = agents
        ? { ...agents, site }
        : { ids: make(customer, "ids"), full: make(customer, "full"), site };
      db.update(customers).set({ agents: kept }).where(eq(customers.key, customer.key)).run();
      return kept;
    },

    /** Subscriptions that are not ended, also such as have lapsed and wait for that, oldest first. */
    live: (agents: Audiences | null) =>
      audienceKeys(agents)
        .flatMap((audience) => selectLive.all({ audience }))
        .sort((one, other) => one.key - other.key),

    /** The key of the customer whose audience it is. */
    customerOf(audience: number): number {
      const id = customerOfAudience(selectId.get({ key: audience })?.id ?? "");
      const customer = selectKey.get({ id });
      if (!customer) throw new Error("An audience has no customer.");
      return customer.key;
    },
  };

  function make({ id, name }: Customer, detail: Detail): number {
    const audience = {
      id: audienceId(id, detail),
      name: `Agents of ${name}`,
      isSystem: true,
      createdAt: clock(),
    };
    return db.insert(customers).values(audience).returning({ key: customers.key }).get().key;
  }
});
