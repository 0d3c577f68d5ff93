import { sql } from "drizzle-orm";
import type { Balance } from "@/domain/delivery/balance";

/** What is counted of a webhook, in the words of both stores. */
const names = [
  "pending",
  "matched",
  "missed",
  "delivered",
  "failed",
  "cancelled",
  "pruned_missed",
  "pruned_delivered",
  "pruned_failed",
  "pruned_cancelled",
];
const list = sql.raw(names.join(", "));
const sums = sql.raw(names.map((name) => `${name} = former_webhooks.${name} + excluded.${name}`).join(", "));

/** Adds a webhook's numbers to those of its customer's deleted ones. Its queue's row goes after that. */
export const bury = (webhookKey: number) => sql`
  insert into former_webhooks (customer_key, ${list})
  select customer_key, ${list} from webhook_queue where webhook_key = ${webhookKey}
  on conflict (customer_key) do update set ${sums}`;

export type Counted = Omit<Balance, "waiting"> & { pending: number };

export const toBalance = ({ matched, delivered, pending, failed, cancelled, missed }: Counted): Balance => ({
  matched,
  delivered,
  waiting: pending,
  failed,
  cancelled,
  missed,
});
