import { audienceKeys } from "@/domain/agent/audience";
import { stageOf } from "@/domain/agent/life";
import { hasLapsed } from "@/domain/agent/terms";
import { agentAudited } from "@/domain/audit/agent";
import type { SubscriptionStore } from "../../store";
import { auditWriter } from "../access/audit-log";
import { customerFinder } from "../access/customers";
import type { Connection } from "../connection/connection";
import { subscriptionEnds } from "./end";
import { replayVerbs } from "./replay";
import { settleVerbs } from "./settle";
import { subscribeVerbs } from "./subscribe";
import { subscriptionReader } from "./subscription-reader";
import { traceVerbs } from "./trace";
import { unendedSubscription } from "./unended";

/** Agents' subscriptions: a file for each verb that is more than a look. */
export function subscriptionVerbs(connection: Connection): SubscriptionStore {
  const { write, clock } = connection;
  const findCustomer = customerFinder(connection);
  const find = unendedSubscription(connection);
  const read = subscriptionReader(connection);
  const ends = subscriptionEnds(connection);
  const audit = auditWriter(connection);

  return {
    ...subscribeVerbs(connection),
    ...settleVerbs(connection),
    ...replayVerbs(connection),
    ...traceVerbs(connection),
    unsubscribe: (customerId, subscriptionId, by) =>
      write(() => {
        const customer = findCustomer(customerId);
        const webhook = find(subscriptionId)?.webhook;
        if (!customer || !webhook) return false;
        const isOurs = audienceKeys(customer.agents).includes(webhook.customerKey);
        if (!isOurs || stageOf(webhook) === "terminated" || hasLapsed(webhook.expiresAt, clock()))
          return false;
        if (stageOf(webhook) === "active")
          audit(customer.key, agentAudited("agent.unsubscribed", webhook), by);
        ends.end(webhook);
        return true;
      }),
    getSubscription: async (customerId, subscriptionId) => read.one(customerId, subscriptionId),
    listSubscriptions: async (customerId) => read.all(customerId),
  };
}
