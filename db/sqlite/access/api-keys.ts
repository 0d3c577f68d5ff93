import { and, count, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { keyAudited, keyCreated } from "@/domain/audit/access";
import { customerLimits } from "@/domain/limits";
import { toApiKey } from "../../rows/api-key";
import type { AccessStore } from "../../store";
import { terminateSubscriptions } from "../agents/terminate";
import type { Connection } from "../connection/connection";
import { apiKeys, customers } from "../schema/tables";
import { auditWriter } from "./audit-log";
import { customerFinder, isVisible } from "./customers";

type Verbs = Pick<
  AccessStore,
  "createApiKey" | "listApiKeys" | "revokeApiKey" | "findApiKey" | "noteKeyUses"
>;

const maxKeys = customerLimits.apiKeys;

export function apiKeyVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const findCustomer = customerFinder(connection);
  const audit = auditWriter(connection);
  const endSubscriptions = terminateSubscriptions(connection);
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
    createApiKey: ({ customerId, ...key }, by) =>
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
        audit(customer.key, keyCreated(key), by);
        return toApiKey({ apiKey, customerId: customer.id });
      }),
    listApiKeys: async (customerId) => {
      const customer = findCustomer(customerId);
      return customer ? selectOfCustomer.all({ customerKey: customer.key }).map(toApiKey) : [];
    },
    revokeApiKey: (customerId, keyId, by) =>
      write(() => {
        const customer = findCustomer(customerId);
        if (!customer) return false;
        const ofCustomer = and(eq(apiKeys.id, keyId), eq(apiKeys.customerKey, customer.key));
        const key = db.delete(apiKeys).where(ofCustomer).returning().get();
        if (!key) return false;
        audit(customer.key, keyAudited("api_key.revoked", key), by);
        endSubscriptions(customer.key, key.id, by);
        return true;
      }),
    findApiKey: async (hash) => {
      const row = selectByHash.get({ hash });
      return row ? toApiKey(row) : null;
    },
    noteKeyUses: (keyIds) =>
      write(() => {
        db.update(apiKeys).set({ lastUsedAt: clock() }).where(inArray(apiKeys.id, keyIds)).run();
      }),
  };

  function countKeys(which: SQL): number {
    return db.select({ n: count() }).from(apiKeys).where(which).get()?.n ?? 0;
  }
}
