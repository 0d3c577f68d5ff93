import { eq } from "drizzle-orm";
import { stageOf } from "@/domain/agent/life";
import { system as fanfare } from "@/domain/audit/actor";
import { agentAudited } from "@/domain/audit/agent";
import { deletedWebhook } from "@/domain/webhook/edit";
import { auditWriter } from "../access/audit-log";
import { shared } from "../connection/shared";
import { counters } from "../queue/counters";
import { webhooks } from "../schema/tables";
import { audienceRows } from "./audiences";

type Row = typeof webhooks.$inferSelect;

/** Ends subscriptions as webhooks are deleted: what waits is cancelled, and the history stays. Only inside `write`. */
export const subscriptionEnds = shared((connection) => {
  const { db, clock } = connection;
  const audit = auditWriter(connection);
  const audiences = audienceRows(connection);
  const { bury } = counters(connection);

  return { end, lapse };

  function end({ key }: Row): void {
    db.update(webhooks).set(deletedWebhook(clock())).where(eq(webhooks.key, key)).run();
    bury(key);
  }

  /** Of what nobody refreshed. One that was never proved was told to nobody, and one that is terminated already. */
  function lapse(row: Row): void {
    if (stageOf(row) === "active")
      audit(audiences.customerOf(row.customerKey), agentAudited("agent.lapsed", row), fanfare);
    end(row);
  }
});
