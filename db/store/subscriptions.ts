import type { SubscriptionTerms } from "@/domain/agent/subscription";
import type { Actor } from "@/domain/audit/actor";
import type { Conditions } from "@/domain/filter/condition";
import type { Delivery } from "./deliveries";
import type { Sealed, Webhook } from "./webhooks";

/** An agent's subscription. It is a webhook of one of its customer's audiences (see domain/agent/audience). */
export type Subscription = SubscriptionTerms & {
  /** As agents know it: `sub_…`. */
  id: string;
  /** The id of the key that subscribed. */
  principalId: string;
  /** When it ends unless it is refreshed, in epoch milliseconds. */
  expiresAt: number;
  /** When something of it was last delivered; null when nothing ever was. */
  deliveredAt: number | null;
  /** The place behind which nothing of it is still on its way. */
  cursor: string;
  /** What delivers it, whose customer is the audience. */
  webhook: Webhook;
};

export type NewSubscription = SubscriptionTerms & {
  /** Whose events it is about. */
  customerId: string;
  id: string;
  principalId: string;
  url: string;
  conditions: Conditions | null;
  termMs: number;
  /** The address by which the agent reached us. */
  site: string;
  /** Seals the secret for the webhook that it will be the secret of. */
  seal: (owner: { customerId: string; webhookId: string }) => Sealed;
  /** What is sent to the URL where that has yet to be proved: the id of the message, and its body. */
  challenge: { eventId: string; payload: string };
};

/** An unproved subscription, for how long it is granted once it is proved, and the test delivery that asks its URL. */
export type Challenged = {
  kind: "challenged";
  customerId: string;
  webhookId: string;
  eventId: string;
  termMs: number;
};

export type Subscribing =
  | { kind: "subscribed"; subscription: Subscription; isNew: boolean }
  | Challenged
  | { kind: "too_many"; of: "customer" | "key" | "challenges" }
  | { kind: "not_found" };

/** What an event came to for a subscription: its delivery, or why it got none. */
export type AgentTrace = { subscription: Subscription; delivery: Delivery | null; why: string | null };

export type SubscriptionStore = {
  /**
   * Makes a subscription, or refreshes the one of that id that lives: with the new secret, beside which the old one signs
   * for a day, a new term, and a closed breaker. One that is new is active at once where its key has proved the URL in the
   * last day; else it gets nothing, is listed nowhere, and waits a minute for `settleChallenge`. The limits hold under concurrent calls too, and
   * count what lives and what is being proved.
   */
  subscribe(subscription: NewSubscription, by: Actor): Promise<Subscribing>;
  /** Makes an unproved subscription active, or drops it. Null when it is not there any more, or was dropped. */
  settleChallenge(challenged: Challenged, isPassed: boolean, by: Actor): Promise<Subscription | null>;
  /**
   * Makes deliveries of what the subscription asks for among its customer's events after `cursor`, tests aside, of the last `maxAgeMs`:
   * of what it has no delivery of yet. The newest come first where there are too many. `isTruncated` when some that may
   * fit were left out. Null when there is no such subscription; "bad_cursor" for what was never given.
   */
  replayEvents(
    customerId: string,
    subscriptionId: string,
    range: { cursor: string; maxAgeMs: number | null; retentionMs: number },
  ): Promise<{ replayed: number; isTruncated: boolean } | "bad_cursor" | null>;
  /** Ends a subscription: nothing of it is sent after this commit, and what waits is cancelled. */
  unsubscribe(customerId: string, subscriptionId: string, by: Actor): Promise<boolean>;
  getSubscription(customerId: string, subscriptionId: string): Promise<Subscription | null>;
  /** Of a customer, those that live, newest first. */
  listSubscriptions(customerId: string): Promise<Subscription[]>;
  /** What became of an event for the agents that asked for its type, those that have ended meanwhile aside. */
  traceForAgents(customerId: string, eventId: string): Promise<AgentTrace[]>;
};
