import type { Actor } from "@/domain/audit/actor";
import type { NewWebhook, Webhook } from "./webhooks";

/** What names a request to make a webhook, and what tells its content from another's without holding it. */
export type Creation = { idempotencyKey: string; digest: string };

export type CreationStore = {
  /**
   * Adds a webhook, as `createWebhook` does, once for an idempotency key of the customer: the same key and digest
   * answer the webhook as it is now, for a day and under concurrent calls too. Only what was added is remembered, not
   * what was refused.
   */
  createWebhookOnce(
    webhook: NewWebhook,
    creation: Creation,
    by: Actor,
  ): Promise<
    | { webhook: Webhook; isReplay: boolean }
    | "limit_reached"
    | "not_found"
    /** The key came with another content before. */
    | "key_reused"
    /** What the key made is there no more. */
    | "webhook_deleted"
  >;
};
