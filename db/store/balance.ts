import type { Balance } from "@/domain/delivery/balance";
import type { DeliveryStatus } from "@/domain/delivery/decide";
import type { Cursor } from "./page";

/** What became of one event for one webhook that it matched: a delivery, or none because the webhook was off. */
export type LedgerLine = {
  eventId: string;
  eventType: string;
  acceptedAt: number;
  /** Null once a deleted webhook's history is gone but for what it missed. */
  webhookId: string | null;
  isWebhookDeleted: boolean;
  status: DeliveryStatus | "missed";
  endedAt: number | null;
  attempts: number;
  /** Of the latest attempt; the error's code where no answer came. */
  statusCode: number | null;
  errorCode: string | null;
  proof: LedgerProof;
};

/** Of so many events, the same became for a webhook. */
export type LedgerCount = Pick<LedgerLine, "webhookId" | "isWebhookDeleted" | "status"> & { count: number };

export type LedgerProof = {
  /** Where the latest attempt went; before the first, the webhook's URL. */
  url: string | null;
  /** What `webhook-timestamp` said in the latest attempt, in seconds; null before one, and where it is not known. */
  signedAt: number | null;
  /** Of the exact bytes of the body, in hex. */
  bodySha256: string;
};

export type LedgerRange = {
  /** Of a webhook that is not deleted; all of the customer's when absent. */
  webhookId?: string | undefined;
  /** When events were accepted: from the first moment on, and before the second. */
  since: number;
  until: number;
};

export type BalanceStore = {
  /**
   * What became of all that ever matched, also of what retention has removed: of each webhook, newest first, and of the
   * customer's deleted ones together.
   */
  getBalance(customerId: string): Promise<{
    webhooks: { webhookId: string; balance: Balance }[];
    former: Balance;
  }>;
  /**
   * A few lines of what is kept, by the time of acceptance: of so many events as fit into one look, none of which may
   * have a line. Tests are left out. Null when there is no such customer or webhook.
   */
  listLedger(
    customerId: string,
    range: LedgerRange,
    after: Cursor | null,
  ): Promise<{ lines: LedgerLine[]; next: Cursor | null } | null>;
  /** The same range, only counted: of 5,000 events at a look. A webhook is in several counts. */
  countLedger(
    customerId: string,
    range: LedgerRange,
    after: Cursor | null,
  ): Promise<{ counts: LedgerCount[]; next: Cursor | null } | null>;
};
