import { randomUUID } from "node:crypto";
import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { audienceId } from "@/domain/agent/audience";
import { fullLimit, isLiving, refreshed } from "@/domain/agent/life";
import type { Actor } from "@/domain/audit/actor";
import { agentAudited } from "@/domain/audit/agent";
import { newQueue } from "@/domain/webhook/queue-state";
import { subscriptionColumns } from "../../rows/subscription";
import { editableOf } from "../../rows/webhook-columns";
import type { Challenged, NewSubscription, Subscribing, Subscription, SubscriptionStore } from "../../store";
import { auditWriter } from "../access/audit-log";
import { customerFinder } from "../access/customers";
import type { Connection } from "../connection/connection";
import { testWriter } from "../event/test-writer";
import { apiKeys, webhookQueue, webhooks } from "../schema/tables";
import { webhookRows } from "../webhook/webhook-rows";
import { audienceRows } from "./audiences";
import { subscriptionEnds } from "./end";
import { proofsOf } from "./proofs";
import { subscriptionReader } from "./subscription-reader";
import { type UnendedSubscription, unendedSubscription } from "./unended";

type Customer = NonNullable<ReturnType<ReturnType<typeof customerFinder>>>;

export function subscribeVerbs(connection: Connection): Pick<SubscriptionStore, "subscribe"> {
  const { db, write, clock } = connection;
  const findCustomer = customerFinder(connection);
  const find = unendedSubscription(connection);
  const audiences = audienceRows(connection);
  const proofs = proofsOf(connection);
  const ends = subscriptionEnds(connection);
  const read = subscriptionReader(connection);
  const writeTest = testWriter(connection);
  const audit = auditWriter(connection);
  const { saveEdited } = webhookRows(connection);
  const selectKey = db
    .select({ key: apiKeys.key })
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.id, sql.placeholder("id")),
        eq(apiKeys.customerKey, sql.placeholder("customerKey")),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql.placeholder("now"))),
      ),
    )
    .prepare();

  return { subscribe: (subscription, by) => write(() => subscribe(subscription, by)) };

  function subscribe(subscription: NewSubscription, by: Actor): Subscribing {
    const customer = findSubscriber(subscription);
    if (!customer) return { kind: "not_found" };
    const now = clock();
    const before = find(subscription.id);
    if (before && isLiving(before.webhook, now)) return refresh(customer, before, subscription);
    // Of two challenges of one subscription the later one counts: its secret is the newer.
    if (before) ends.lapse(before.webhook);
    const { principalId, url } = subscription;
    const full = fullLimit(audiences.live(customer.agents), principalId, now);
    if (full) return { kind: "too_many", of: full };
    const verifiedAt = proofs.latest(principalId, url, now);
    if (verifiedAt === null && proofs.areSpent(principalId, now))
      return { kind: "too_many", of: "challenges" };
    const webhook = insert(customer, subscription, verifiedAt);
    if (verifiedAt === null) return challenge(customer, webhook, subscription);
    audit(customer.key, agentAudited("agent.subscribed", webhook), by);
    return { kind: "subscribed", subscription: written(customer.id, subscription.id), isNew: true };
  }

  /** The customer, if the key that asks is still one of its own. */
  function findSubscriber({ customerId, principalId }: NewSubscription): Customer | undefined {
    const customer = findCustomer(customerId);
    const key = customer && selectKey.get({ id: principalId, customerKey: customer.key, now: clock() });
    return key && customer;
  }

  function refresh(
    customer: Customer,
    { webhook, queue }: UnendedSubscription,
    { id, site, termMs, detail, seal }: NewSubscription,
  ): Subscribing {
    audiences.keep(customer, site);
    const secret = seal({ customerId: audienceId(customer.id, detail), webhookId: webhook.id });
    const now = clock();
    saveEdited(webhook.key, refreshed(editableOf(webhook, queue), secret, now));
    const expiresAt = now + termMs;
    db.update(webhooks).set({ expiresAt }).where(eq(webhooks.key, webhook.key)).run();
    return { kind: "subscribed", subscription: written(customer.id, id), isNew: false };
  }

  function insert(customer: Customer, subscription: NewSubscription, verifiedAt: number | null) {
    const { detail, site, seal } = subscription;
    const id = randomUUID();
    const webhook = db
      .insert(webhooks)
      .values({
        ...subscriptionColumns(subscription, verifiedAt, clock()),
        id,
        customerKey: audiences.keep(customer, site)[detail],
        secret: seal({ customerId: audienceId(customer.id, detail), webhookId: id }),
        afterEvent: read.newestEvent(),
      })
      .returning()
      .get();
    const { key: webhookKey, customerKey, isActive } = webhook;
    db.insert(webhookQueue)
      .values({ webhookKey, customerKey, ...newQueue(isActive) })
      .run();
    return webhook;
  }

  function challenge(
    customer: Customer,
    webhook: typeof webhooks.$inferSelect,
    { name, detail, termMs, challenge: { eventId, payload } }: NewSubscription,
  ): Challenged {
    writeTest(webhook, { eventId, type: name, payload });
    const customerId = audienceId(customer.id, detail);
    return { kind: "challenged", customerId, webhookId: webhook.id, eventId, termMs };
  }

  /** One that was just written. */
  function written(customerId: string, subscriptionId: string): Subscription {
    const subscription = read.one(customerId, subscriptionId);
    if (!subscription) throw new Error("A subscription that was just written is not there.");
    return subscription;
  }
}
