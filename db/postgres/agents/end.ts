import { eq } from "drizzle-orm";
import { stageOf } from "@/domain/agent/life";
import { system } from "@/domain/audit/actor";
import { agentAudited } from "@/domain/audit/agent";
import { deletedWebhook } from "@/domain/webhook/edit";
import { audit } from "../access/audit-log";
import type { Transaction } from "../connection/connection";
import { buryCounted } from "../queue/counters";
import { lockQueues } from "../queue/queue-row";
import { webhooks } from "../schema/tables";
import type { Owner } from "./audiences";

type Row = typeof webhooks.$inferSelect;

/** Ends a subscription as a webhook is deleted: what waits is cancelled, and the history stays. Its customer is locked. */
export async function endSubscription({ db, now }: Transaction, { key }: Row): Promise<void> {
  await lockQueues(db, [key]);
  await db.update(webhooks).set(deletedWebhook(now)).where(eq(webhooks.key, key));
  await buryCounted(db, key);
}

/** Of what nobody refreshed. One that was never proved was told to nobody, and one that is terminated already. */
export async function lapse(tx: Transaction, owner: Pick<Owner, "key">, row: Row): Promise<void> {
  if (stageOf(row) === "active") await audit(tx, owner.key, agentAudited("agent.lapsed", row), system);
  await endSubscription(tx, row);
}
