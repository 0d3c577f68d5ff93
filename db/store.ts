import type { AccessStore } from "./store/access";
import type { AuditLogStore } from "./store/audit-log";
import type { BalanceStore } from "./store/balance";
import type { CreationStore } from "./store/creations";
import type { DeliveryStore } from "./store/deliveries";
import type { EventStore } from "./store/events";
import type { IncidentStore } from "./store/incidents";
import type { StoreLife } from "./store/life";
import type { ListenerStore } from "./store/listeners";
import type { MarkStore } from "./store/marks";
import type { NoticeStore } from "./store/notices";
import type { PlatformStore } from "./store/platform";
import type { QueueStore } from "./store/queue";
import type { RecoveryStore } from "./store/recoveries";
import type { SearchStore } from "./store/search";
import type { SubscriptionStore } from "./store/subscriptions";
import type { WebhookStore } from "./store/webhooks";

export * from "./store/access";
export * from "./store/audit-log";
export * from "./store/balance";
export * from "./store/creations";
export * from "./store/deliveries";
export * from "./store/events";
export * from "./store/incidents";
export * from "./store/life";
export * from "./store/listeners";
export * from "./store/marks";
export * from "./store/notices";
export * from "./store/page";
export * from "./store/platform";
export * from "./store/queue";
export * from "./store/recoveries";
export * from "./store/search";
export * from "./store/subscriptions";
export * from "./store/webhooks";

/**
 * Everything Fanfare remembers, as whole verbs: each one is its own transaction, resolves only after a durable
 * commit, and answers expected refusals as values. Times are epoch milliseconds, durations milliseconds. The
 * store's clock does the adding, so callers pass durations. A customer is named by id or external id. What people and
 * programs change is told in the audit log, with who did (`by`), in the same transaction.
 */
export type Store = AccessStore &
  AuditLogStore &
  WebhookStore &
  CreationStore &
  EventStore &
  DeliveryStore &
  RecoveryStore &
  SearchStore &
  SubscriptionStore &
  BalanceStore &
  QueueStore &
  IncidentStore &
  ListenerStore &
  MarkStore &
  NoticeStore &
  PlatformStore &
  StoreLife;
