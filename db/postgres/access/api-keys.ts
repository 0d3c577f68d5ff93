import { and, count, desc, eq, inArray } from "drizzle-orm";
import { keyAudited, keyCreated } from "@/domain/audit/access";
import { customerLimits } from "@/domain/limits";
import { toApiKey } from "../../rows/api-key";
import type { AccessStore } from "../../store";
import { terminateAgents } from "../agents/terminate";
import type { Connection, Database } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { apiKeys, customers } from "../schema/tables";
import { audit } from "./audit-log";
import { findCustomer, isVisible, lockCustomer } from "./customers";

type Verbs = Pick<
  AccessStore,
  "createApiKey" | "listApiKeys" | "revokeApiKey" | "findApiKey" | "noteKeyUses"
>;

export function apiKeyVerbs({ db, write }: Connection): Verbs {
  return {
    createApiKey: ({ customerId, ...key }, by) =>
      write(async (tx) => {
        const { db, now } = tx;
        const customer = await lockCustomer(db, customerId);
        if (!customer) return null;
        const [used] = await db
          .select({ n: count() })
          .from(apiKeys)
          .where(eq(apiKeys.customerKey, customer.key));
        if ((used?.n ?? 0) >= customerLimits.apiKeys) return "limit_reached";
        const values = { ...key, customerKey: customer.key, createdAt: now };
        const apiKey = onlyOne(await db.insert(apiKeys).values(values).returning());
        await audit(tx, customer.key, keyCreated(key), by);
        return toApiKey({ apiKey, customerId: customer.id });
      }),
    listApiKeys: async (customerId) => {
      const customer = await findCustomer(db, customerId);
      if (!customer) return [];
      const rows = await keyRows(db).where(eq(apiKeys.customerKey, customer.key)).orderBy(desc(apiKeys.key));
      return rows.map(toApiKey);
    },
    revokeApiKey: (customerId, keyId, by) =>
      write(async (tx) => {
        const customer = await lockCustomer(tx.db, customerId);
        if (!customer) return false;
        const ofCustomer = and(eq(apiKeys.id, keyId), eq(apiKeys.customerKey, customer.key));
        const [key] = await tx.db.delete(apiKeys).where(ofCustomer).returning();
        if (!key) return false;
        await audit(tx, customer.key, keyAudited("api_key.revoked", key), by);
        await terminateAgents(tx, customer, keyId, by);
        return true;
      }),
    findApiKey: async (hash) => {
      const [row] = await keyRows(db).where(and(eq(apiKeys.hash, hash), isVisible));
      return row ? toApiKey(row) : null;
    },
    noteKeyUses: (keyIds) =>
      write(async ({ db, now }) => {
        await db.update(apiKeys).set({ lastUsedAt: now }).where(inArray(apiKeys.id, keyIds));
      }),
  };
}

const keyRows = (db: Database) =>
  db
    .select({ apiKey: apiKeys, customerId: customers.id })
    .from(apiKeys)
    .innerJoin(customers, eq(customers.key, apiKeys.customerKey))
    .$dynamic();
