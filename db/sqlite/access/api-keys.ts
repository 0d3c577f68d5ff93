import { and, count, desc, eq, type SQL, sql } from "drizzle-orm";
import { customerLimits } from "@/domain/limits";
import type { AccessStore, ApiKey } from "../../store";
import type { Connection } from "../connection/connection";
import { apiKeys, customers } from "../schema/tables";
import { customerFinder, isVisible } from "./customers";

type Verbs = Pick<AccessStore, "createApiKey" | "listApiKeys" | "revokeApiKey" | "findApiKey">;

const maxKeys = customerLimits.apiKeys;

export function apiKeyVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const findCustomer = customerFinder(connection);
  const rows = () =>
    db
      .select({ apiKey: apiKeys, customerId: customers.id })
      .from(apiKeys)
      .innerJoin(customers, eq(customers.key, apiKeys.customerKey));
  const selectByHash = rows()
    .where(and(eq(apiKeys.hash, sql.placeholder("hash")), isVisible))
    .prepare();
  const selectOfCustomer = rows()
    .where(eq(apiKeys.customerKey, sql.placeholder("customerKey")))
    .orderBy(desc(apiKeys.key))
    .prepare();

  return {
    createApiKey: ({ customerId, ...key }) =>
      write(() => {
        const customer = findCustomer(customerId);
        if (!customer) return null;
        const ofCustomer = eq(apiKeys.customerKey, customer.key);
        if (countKeys(ofCustomer) >= maxKeys) return "limit_reached";
        const apiKey = db
          .insert(apiKeys)
          .values({ ...key, customerKey: customer.key, createdAt: clock() })
          .returning()
          .get();
        return toApiKey({ apiKey, customerId: customer.id });
      }),
    listApiKeys: async (customerId) => {
      const customer = findCustomer(customerId);
      return customer ? selectOfCustomer.all({ customerKey: customer.key }).map(toApiKey) : [];
    },
    revokeApiKey: (customerId, keyId) =>
      write(() => {
        const customer = findCustomer(customerId);
        if (!customer) return false;
        const ofCustomer = and(eq(apiKeys.id, keyId), eq(apiKeys.customerKey, customer.key));
        return db.delete(apiKeys).where(ofCustomer).run().changes > 0;
      }),
    findApiKey: async (hash) => {
      const row = selectByHash.get({ hash });
      return row ? toApiKey(row) : null;
    },
  };

  function countKeys(which: SQL): number {
    return db.select({ n: count() }).from(apiKeys).where(which).get()?.n ?? 0;
  }
}

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
