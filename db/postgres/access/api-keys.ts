import { and, count, desc, eq } from "drizzle-orm";
import { customerLimits } from "@/domain/limits";
import type { AccessStore, ApiKey } from "../../store";
import type { Connection, Database } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { apiKeys, customers } from "../schema/tables";
import { findCustomer, isVisible, lockCustomer } from "./customers";

type Verbs = Pick<AccessStore, "createApiKey" | "listApiKeys" | "revokeApiKey" | "findApiKey">;

export function apiKeyVerbs({ db, write }: Connection): Verbs {
  return {
    createApiKey: ({ customerId, ...key }) =>
      write(async ({ db, now }) => {
        const customer = await lockCustomer(db, customerId);
        if (!customer) return null;
        const [used] = await db
          .select({ n: count() })
          .from(apiKeys)
          .where(eq(apiKeys.customerKey, customer.key));
        if ((used?.n ?? 0) >= customerLimits.apiKeys) return "limit_reached";
        const values = { ...key, customerKey: customer.key, createdAt: now };
        const apiKey = onlyOne(await db.insert(apiKeys).values(values).returning());
        return toApiKey({ apiKey, customerId: customer.id });
      }),
    listApiKeys: async (customerId) => {
      const customer = await findCustomer(db, customerId);
      if (!customer) return [];
      const rows = await keyRows(db).where(eq(apiKeys.customerKey, customer.key)).orderBy(desc(apiKeys.key));
      return rows.map(toApiKey);
    },
    revokeApiKey: (customerId, keyId) =>
      write(async ({ db }) => {
        const customer = await findCustomer(db, customerId);
        if (!customer) return false;
        const ofCustomer = and(eq(apiKeys.id, keyId), eq(apiKeys.customerKey, customer.key));
        return (await db.delete(apiKeys).where(ofCustomer).returning({ key: apiKeys.key })).length > 0;
      }),
    findApiKey: async (hash) => {
      const [row] = await keyRows(db).where(and(eq(apiKeys.hash, hash), isVisible));
      return row ? toApiKey(row) : null;
    },
  };
}

const keyRows = (db: Database) =>
  db
    .select({ apiKey: apiKeys, customerId: customers.id })
    .from(apiKeys)
    .innerJoin(customers, eq(customers.key, apiKeys.customerKey))
    .$dynamic();

function toApiKey({
  apiKey,
  customerId,
}: {
  apiKey: typeof apiKeys.$inferSelect;
  customerId: string;
}): ApiKey {
  const { id, name, prefix, createdAt } = apiKey;
  return { id, customerId, name, prefix, createdAt };
}
