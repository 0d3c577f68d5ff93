import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { controlId, terminatedBody } from "@/domain/agent/control-body";
import { stageOf, terminated } from "@/domain/agent/life";
import { accessRevoked } from "@/domain/agent/protocol";
import { hasLapsed } from "@/domain/agent/terms";
import type { Actor } from "@/domain/audit/actor";
import { agentAudited } from "@/domain/audit/agent";
import { agentLimits } from "@/domain/limits";
import { editableOf } from "../../rows/webhook-columns";
import { auditWriter } from "../access/audit-log";
import { shared } from "../connection/shared";
import { testWriter } from "../event/test-writer";
import { customers, webhooks } from "../schema/tables";
import { webhookRows } from "../webhook/webhook-rows";
import { audienceRows } from "./audiences";
import { subscriptionEnds } from "./end";
import { type UnendedSubscription, unendedSubscription } from "./unended";

/**
 * Ends what a key subscribed to, which counts no more: each is sent one last message, and nothing else. Upkeep takes it
 * away a moment later, with what waits. Only inside `write`.
 */
export const terminateSubscriptions = shared((connection) => {
  const { db, clock } = connection;
  const audiences = audienceRows(connection);
  const find = unendedSubscription(connection);
  const ends = subscriptionEnds(connection);
  const writeTest = testWriter(connection);
  const audit = auditWriter(connection);
  const { saveEdited } = webhookRows(connection);

  return (customerKey: number, keyId: string, by: Actor): void => {
    const customer = db
      .select({ agents: customers.agents })
      .from(customers)
      .where(eq(customers.key, customerKey))
      .get();
    const ofKey = audiences.live(customer?.agents ?? null).filter(({ principalId }) => principalId === keyId);
    for (const webhook of ofKey) {
      const found = find(webhook.subscriptionId ?? "");
      if (stageOf(webhook) !== "active" || hasLapsed(webhook.expiresAt, clock())) ends.lapse(webhook);
      else if (found) {
        audit(customerKey, agentAudited("agent.terminated", webhook), by);
        terminate(found);
      }
    }
  };

  function terminate({ webhook, queue }: UnendedSubscription): void {
    const now = clock();
    saveEdited(webhook.key, terminated(editableOf(webhook, queue), now));
    const expiresAt = now + agentLimits.settlingMs;
    db.update(webhooks).set({ expiresAt }).where(eq(webhooks.key, webhook.key)).run();
    writeTest(webhook, {
      eventId: controlId("terminated", randomUUID()),
      type: webhook.subscription?.name ?? "",
      payload: terminatedBody(accessRevoked),
    });
  }
});
