import type { Challenged, Claim, NewEvent, NewSubscription, Subscribing, Subscription } from "@/db/store";
import type { Context } from "./context";
import { type Agent, type Customer, count } from "./state";

const settlingMs = 60_000;

const isLiving = (agent: Agent | undefined, now: number): agent is Agent =>
  agent?.isProved === true && agent.expiresAt > now;

/** One that lives is refreshed, and no other is. What is no longer there may be asked for anew. */
export function subscribed(
  { model, now }: Context,
  { customerId, id, principalId, name, arguments: asked, termMs }: NewSubscription,
  result: Subscribing,
): void {
  const customer = model.customers.get(customerId);
  const before = model.agents.get(id);
  const isRefresh = result.kind === "subscribed" && !result.isNew;
  if (isLiving(before, now) !== isRefresh) model.blame(35, `subscribing ${id} answered ${result.kind}`);
  count(model, isRefresh ? "refreshed" : `agent ${result.kind}`);
  if (result.kind === "not_found" || result.kind === "too_many" || !customer) {
    if (result.kind !== "not_found") model.agents.delete(id);
    return;
  }
  const isProved = result.kind === "subscribed";
  model.agents.set(id, {
    id,
    customer,
    keyId: principalId,
    name,
    risk: typeof asked.risk === "string" ? asked.risk : null,
    webhookId: isProved ? result.subscription.webhook.id : result.webhookId,
    isProved,
    expiresAt: now + (isProved ? termMs : settlingMs),
  });
}

/** A URL that answered in time makes its subscription, and nothing else does. */
export function settled(
  { model, now }: Context,
  { webhookId, termMs }: Challenged,
  isPassed: boolean,
  result: Subscription | null,
): void {
  const agent = [...model.agents.values()].find((each) => each.webhookId === webhookId && !each.isProved);
  const isMade = agent !== undefined && isPassed && agent.expiresAt > now;
  if (isMade !== (result !== null)) model.blame(35, `settling a challenge answered ${result?.id}`);
  if (isMade) Object.assign(agent, { isProved: true, expiresAt: now + termMs });
  else if (agent) model.agents.delete(agent.id);
}

export function unsubscribed({ model, now }: Context, id: string, result: boolean): void {
  const agent = model.agents.get(id);
  const isThere = agent !== undefined && agent.expiresAt > now;
  if (isThere !== result) model.blame(35, `ending ${id} answered ${result}`);
  if (result) model.agents.delete(id);
}

/** A key or a customer that is gone has no agents any more. */
export function agentsEnded({ model }: Context, isOver: (agent: Agent) => boolean): void {
  for (const agent of model.agents.values()) if (isOver(agent)) model.agents.delete(agent.id);
}

/** Each new event has a delivery for every subscription that lives and asks for it, and for no other. */
export function sentToAgents({ model, rows, now }: Context, customer: Customer, event: NewEvent): void {
  const { risk } = JSON.parse(event.dataJson) as { risk?: string };
  const asking = [...model.agents.values()].filter(
    (agent) =>
      agent.customer === customer &&
      isLiving(agent, now) &&
      agent.name === event.type &&
      (agent.risk === null || agent.risk === risk),
  );
  const audiences = [`agents:ids:${customer.id}`, `agents:full:${customer.id}`];
  const got = rows.agentDeliveries(event.id, ...audiences);
  // Retention took the customer's event of this id, and has yet to take the agents' one.
  if (rows.olderAgentEvent(event.id, now, ...audiences)) return;
  const [is, should] = [got.map(({ id }) => id), asking.map(({ id }) => id)].map((ids) => ids.sort().join());
  if (is !== should) model.blame(35, `event ${event.id} went to agents [${is}], not [${should}]`);
  if (asking.length > 0) count(model, "events for agents");
}

/** Nothing but tests is claimed of a subscription that has ended, or has yet to be proved. */
export function claimedOfAgent({ model, now }: Context, { isTest, webhook }: Claim): void {
  const agent = model.agents.get(webhook.subscriptionId ?? "");
  count(model, isTest ? "claimed of agents, tests" : "claimed of agents");
  if (isTest) return;
  if (!isLiving(agent, now) || agent.webhookId !== webhook.id)
    model.blame(35, `something was claimed of ${webhook.subscriptionId}, which has ended`);
}

/** Upkeep takes away what has lapsed, and nothing else. */
export function lapsed(context: Context): void {
  const { model, rows, now } = context;
  const kept = new Set(rows.agentKeys().map((row) => row.webhook_id));
  agentsEnded(context, ({ id, webhookId, expiresAt }) => {
    if (kept.has(webhookId)) return false;
    if (expiresAt > now) model.blame(35, `${id} was taken away before its time`);
    count(model, "agents lapsed");
    return true;
  });
}

/** Whether a claim gave a turn to a subscription that has lapsed, which is held from then on, and so left its place free. */
export function meetsLapsed({ model, rows, now }: Context): boolean {
  const held = new Set(rows.heldAsLapsed(now).map(({ key }) => key));
  const isNew = [...held].some((key) => !model.heldAgents.has(key));
  model.heldAgents = held;
  return isNew;
}

/** Once everybody is well, nothing waits for an agent that nobody and nothing holds back. */
export function judgeAgents({ model, rows, now }: Context): void {
  for (const { key, id } of rows.agentsWaiting(now - model.settings.leaseMs, now))
    model.blame(35, `delivery ${key} of ${id} never ended`);
}
