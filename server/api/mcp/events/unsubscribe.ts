import { subscriptionId } from "@/domain/agent/subscription-id";
import { actorOf } from "@/server/auth/actor";
import { type Agent, ownKey } from "./agent";
import { readUnsubscribe } from "./params";

/**
 * Answers `events/unsubscribe`: nothing of the subscription is sent any more. One that is not there is answered alike, so
 * that asking twice is safe.
 */
export async function unsubscribe(agent: Agent, params: unknown) {
  const { keyId, customerId } = ownKey(agent);
  const { name, arguments: asked, delivery } = readUnsubscribe(params);
  const id = subscriptionId({ principal: keyId, url: delivery.url, name, arguments: asked });
  const { context, grant } = agent;
  await context.runtime.store.unsubscribe(customerId, id, actorOf(grant.caller, context.headers));
  return {};
}
