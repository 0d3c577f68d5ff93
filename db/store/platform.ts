import type { Actor } from "@/domain/audit/actor";
import type { Customer } from "./access";
import type { Cursor, Page } from "./page";

/** An operator holds all delivery: since when, and by which name; null when a program did. */
export type DeliveryPause = { pausedAt: number; pausedBy: string | null };

/** A customer and how delivery to it goes. */
export type CustomerSurvey = Customer & {
  /** Its webhooks by what they show. */
  webhooks: { active: number; failing: number; paused: number; disabled: number };
  /** Deliveries that wait or are in flight, and those of them that their webhooks hold. */
  pending: number;
  held: number;
  /** When its newest event was accepted; null when none is kept. */
  lastEventAt: number | null;
  /** Attempts that failed since the time that was asked for, tests left out. */
  failedAttempts: number;
};

/** What an id names, of whichever customer. */
export type Find = { customer: Customer } & (
  | { kind: "customer" }
  | { kind: "webhook"; webhookId: string; webhookUrl: string }
  | { kind: "event"; eventId: string; eventType: string; createdAt: number }
);

/** Attempts of all customers, tests left out. */
export type OutcomeCount = { delivered: number; failed: number };

export type PlatformStore = {
  /**
   * Holds all delivery but tests, at every worker from its next heartbeat on; nothing is lost, and what comes is held
   * with the rest. Pausing again changes nothing: the first one's name stays.
   */
  pauseDelivery(by: Actor): Promise<DeliveryPause>;
  /** Lets go what that held. False when nothing did. */
  resumeDelivery(by: Actor): Promise<boolean>;
  findDeliveryPause(): Promise<DeliveryPause | null>;

  /**
   * Customers with how delivery to each goes, newest first; with `search`, those whose name or external id has it in it,
   * or whose id it is, and with `onlyTroubled` those that have a webhook that fails or was switched off by the service.
   */
  surveyCustomers(range: {
    pageSize: number;
    cursor?: Cursor;
    search?: string;
    onlyTroubled: boolean;
    /** Failed attempts are counted from this hour on. */
    since: number;
  }): Promise<Page<CustomerSurvey>>;
  /** What has this id, at most 20 of each kind: customers by their external id too, events as each customer has them. */
  findAnywhere(id: string): Promise<Find[]>;
  /** What the hour that began at `hour` counted over all customers. */
  countOutcomes(hour: number): Promise<OutcomeCount>;

  /** Keeps an operator's session by the hash of its token. */
  createPlatformSession(session: { hash: string; name: string; lastsMs: number }): Promise<void>;
  findPlatformSession(hash: string): Promise<{ name: string; expiresAt: number } | null>;
  endPlatformSession(hash: string): Promise<void>;
};
