import { and, eq, gt, lte, sql } from "drizzle-orm";
import { webhookCreationLimits } from "@/domain/limits";
import type { Creation } from "../../store";
import { customerFinder } from "../access/customer-finder";
import type { Connection } from "../connection/connection";
import { webhookCreations } from "../schema/tables";

/** What webhooks were made under an idempotency key. Only inside `write`. */
export function creationRows(connection: Connection) {
  const { db, clock } = connection;
  const findCustomer = customerFinder(connection);
  const { customerKey, idempotencyKey, digest, webhookId, createdAt } = webhookCreations;
  const remembered = () => clock() - webhookCreationLimits.keptMs;

  return {
    find(customerId: string, key: string): { digest: string; webhookId: string } | undefined {
      const customer = findCustomer(customerId);
      if (customer === undefined) return undefined;
      return db
        .select({ digest, webhookId })
        .from(webhookCreations)
        .where(and(eq(customerKey, customer), eq(idempotencyKey, key), gt(createdAt, remembered())))
        .get();
    },
    /** In place of one that is too old to count. */
    keep(customerId: string, creation: Creation, webhook: string): void {
      const customer = findCustomer(customerId);
      if (customer === undefined)
        throw new Error("The customer of a webhook that was just made is not there.");
      db.insert(webhookCreations)
        .values({ ...creation, customerKey: customer, webhookId: webhook, createdAt: clock() })
        .onConflictDoUpdate({
          target: [customerKey, idempotencyKey],
          set: {
            digest: sql`excluded.digest`,
            webhookId: sql`excluded.webhook_id`,
            createdAt: sql`excluded.created_at`,
          },
        })
        .run();
    },
    removeOld(): void {
      db.delete(webhookCreations).where(lte(createdAt, remembered())).run();
    },
  };
}
