import type { DeliveryStatus } from "@/domain/delivery/decide";
import type { SkipReason } from "@/domain/event/fan-out";
import type { Delivery } from "./deliveries";
import type { Cursor } from "./page";
import type { Found, Searched, TextFilter } from "./search";

export type NewEvent = {
  /** Customer id or external id. */
  customer: string;
  id: string;
  type: string;
  dataJson: string;
  /** Digest of type and data, key order aside: decides whether a repeated id is the same event. */
  contentHash: string;
};

export type PublishResult =
  | { kind: "accepted"; events: { id: string; deliveries: number; duplicate: boolean }[] }
  | { kind: "unknown_customer"; index: number }
  | { kind: "conflict"; index: number };

export type Event = {
  id: string;
  customerId: string;
  type: string;
  createdAt: number;
  payload: string;
  deliveries: number;
  isTest: boolean;
};

/** For one webhook of the customer: its delivery of the event, or why there is none. */
export type Trace = { webhookId: string; webhookUrl: string } & (
  | { delivery: Delivery }
  /** `why` is what its conditions said of the content of one that was filtered; null for all others. */
  | { delivery: null; reason: SkipReason | "created_later" | "pruned"; why: string | null }
);

export type EventFilter = {
  since?: number;
  until?: number;
  /** Any when absent. */
  types?: string[];
  /** Whether any webhook matched when it was accepted. */
  hasMatched?: boolean;
  pageSize: number;
  cursor?: Cursor;
} & TextFilter;

/** How many deliveries of an event stand how. */
export type Outcomes = Partial<Record<DeliveryStatus, number>>;

export type EventPage = Searched<Event & Found & { outcomes: Outcomes }>;

export type EventStore = {
  /** Events, fan-out and idempotency in one transaction, all or nothing. */
  publishEvents(events: NewEvent[]): Promise<PublishResult>;
  /** Published events (no tests), newest first. */
  listEvents(customerId: string, filter: EventFilter): Promise<EventPage>;
  getEvent(customerId: string, eventId: string): Promise<{ event: Event; traces: Trace[] } | null>;
  /**
   * Per type: how many published events since then, and when the last one came. Of many only the newest are
   * counted: then `countedBackTo` is the time of the oldest of those, else null.
   */
  countEventTypes(
    customerId: string,
    since: number,
  ): Promise<{ types: { type: string; count: number; lastAt: number }[]; countedBackTo: number | null }>;
};
