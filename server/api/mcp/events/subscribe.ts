import type { Subscribing, Subscription } from "@/db/store";
import { audienceId } from "@/domain/agent/audience";
import { subscriptionId } from "@/domain/agent/subscription-id";
import { conditionsOf } from "@/domain/agent/wanted";
import { agentLimits } from "@/domain/limits";
import { seal, secretOwner } from "@/domain/webhook/seal";
import { actorOf } from "@/server/auth/actor";
import { type Agent, type OwnKey, ownKey } from "./agent";
import { createChallenge, settle } from "./challenge";
import { deliveryStatus } from "./delivery-status";
import { forbidden, invalidParams, notFound, resourceExhausted } from "./errors";
import { type AskedSubscription, readSubscribe } from "./params";

/**
 * Answers `events/subscribe`: makes a subscription once its callback has shown that it is the agent's, or refreshes the
 * one that there is, and replays from a cursor. Throws the protocol's errors.
 */
export async function subscribe(agent: Agent, params: unknown) {
  const key = ownKey(agent);
  const asked = readSubscribe(params);
  const { subscription, isNew } = await makeOrRefresh(agent, key, asked);
  const { cursor, truncated } = await replay(agent, key, subscription, asked);
  return {
    id: subscription.id,
    refreshBefore: new Date(subscription.expiresAt).toISOString(),
    cursor,
    truncated,
    ...(!isNew && { deliveryStatus: deliveryStatus(subscription) }),
  };
}

async function makeOrRefresh(agent: Agent, { keyId, customerId }: OwnKey, asked: AskedSubscription) {
  const { context, signal, client } = agent;
  const { runtime } = context;
  const { event, detail, url, secret, termMs } = asked;
  const name = event.entry.type;
  const by = actorOf(agent.grant.caller, context.headers);
  const challenge = createChallenge();
  const identity = { principal: keyId, url, name, arguments: asked.arguments };
  const audience = audienceId(customerId, detail);
  const { cursor: after } = await runtime.store.listChanges(audience, { after: null, limit: 1 });
  const made = await runtime.store.subscribe(
    {
      customerId,
      id: subscriptionId(identity),
      principalId: keyId,
      url,
      name,
      arguments: asked.arguments,
      detail,
      client,
      conditions: conditionsOf(event.entry, asked.arguments),
      termMs,
      site: context.site(),
      seal: (owner) => seal(runtime.ring, secret, secretOwner(owner)),
      challenge: challenge.message,
    },
    by,
  );
  if (made.kind === "subscribed") return made;
  if (made.kind !== "challenged") throw refusing(made);
  const { expected } = challenge;
  return { subscription: await settle(runtime, made, { expected, after, signal, by }), isNew: true };
}

function refusing(refused: Extract<Subscribing, { kind: "too_many" | "not_found" }>) {
  if (refused.kind === "not_found") return forbidden("This key does not count any more.");
  const { perCustomer, perKey, challengesPerMinute } = agentLimits;
  switch (refused.of) {
    case "customer":
      return resourceExhausted(
        `A customer has at most ${perCustomer} subscriptions. End one first.`,
        "subscriptions_per_customer",
        perCustomer,
      );
    case "key":
      return resourceExhausted(
        `A key has at most ${perKey} subscriptions. End one first, or use another key.`,
        "subscriptions_per_key",
        perKey,
      );
    case "challenges":
      return resourceExhausted(
        `At most ${challengesPerMinute} new callbacks are verified a minute. Wait a minute.`,
        "verifications_per_minute",
        challengesPerMinute,
      );
  }
}

/** Replays from the cursor that was asked for, if any; `cursor` is how far deliveries have come, replayed ones included. */
async function replay(
  { context: { runtime } }: Agent,
  { customerId }: OwnKey,
  { id, cursor }: Subscription,
  { cursor: from, maxAgeMs }: AskedSubscription,
): Promise<{ cursor: string; truncated: boolean }> {
  if (from === null) return { cursor, truncated: false };
  const { store, env } = runtime;
  const range = { cursor: from, maxAgeMs, retentionMs: env.retentionMs };
  const replayed = await store.replayEvents(customerId, id, range);
  if (replayed === "bad_cursor") throw invalidParams("cursor", "This is no cursor of ours.");
  const after = replayed && (await store.getSubscription(customerId, id));
  if (!after) throw notFound("subscription", "The subscription was ended meanwhile.");
  return { cursor: after.cursor, truncated: replayed.isTruncated };
}
