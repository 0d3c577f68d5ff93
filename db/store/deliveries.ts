import type { Actor } from "@/domain/audit/actor";
import type { AttemptReason, DeliveryStatus } from "@/domain/delivery/decide";
import type { Held } from "@/domain/delivery/held";
import type {
  AttemptError,
  DeliveryError,
  ErrorCode,
  Peer,
  ResponseHeaders,
  Timings,
} from "@/domain/delivery/outcome";
import type { RecoveryOutcome } from "@/domain/delivery/recovery";
import type { Cursor } from "./page";
import type { Found, Searched, TextFilter } from "./search";

export type Delivery = {
  eventId: string;
  webhookId: string;
  eventType: string;
  /** When the event was accepted. */
  timestamp: number;
  status: DeliveryStatus;
  statusCode: number | null;
  attemptCount: number;
  /** Scheduled attempts used up since the schedule was last fresh. */
  tries: number;
  nextAttemptAt: number | null;
  /** Why it waits, unless only its schedule says when it goes. */
  held: Held | null;
  inFlight: boolean;
  isTest: boolean;
  /** The URL that a test tries in place of the webhook's; null for everything else. */
  triedUrl: string | null;
  error: DeliveryError | null;
  durationMs: number | null;
  endedAt: number | null;
  /** Left out of lists that do not ask for content. */
  content?: DeliveryContent;
};

export type SentRequest = { url: string; headers: Record<string, string> };
export type StoredResponse = { headers: ResponseHeaders; body: Uint8Array; truncated: boolean };
export type DeliveryContent = {
  payload: string;
  /** Of the latest attempt; null before one, or when a crash left no trace of it. */
  request: SentRequest | null;
  response: StoredResponse | null;
};

export type Attempt = {
  number: number;
  startedAt: number;
  durationMs: number;
  statusCode: number | null;
  error: AttemptError | null;
  reason: AttemptReason;
  timings: Timings;
  peer: Peer;
  request: SentRequest | null;
  response: StoredResponse | null;
};

/** Attempts that began from `since` until before `until`, of one outcome or answer where these are given. No tests. */
export type AttemptFilter = {
  since: number;
  until: number;
  outcome?: "delivered" | "failed";
  /** An HTTP status, or the code of an error for attempts that got no HTTP answer. */
  answer?: number | ErrorCode;
};

export type DeliveryFilter = {
  webhookId?: string;
  status?: DeliveryStatus;
  eventType?: string;
  /** 2, 3, 4, 5, or 0 for attempts that got no HTTP answer. */
  codeClass?: number;
  /** The code of the latest answer. */
  statusCode?: number;
  since?: number;
  until?: number;
  /** Of which an attempt was begun in a time, as charts count attempts. */
  attempted?: AttemptFilter;
  /** What this recovery made due, and what became of it since. */
  recoveryId?: string;
  outcome?: RecoveryOutcome;
  content: boolean;
  pageSize: number;
  cursor?: Cursor;
} & TextFilter;

export type DeliveryPage = Searched<Delivery & Found>;

export type DeliveryStore = {
  /** Newest first. A page may end early; only a null `next` is the end. Null when the webhook is unknown. */
  listDeliveries(customerId: string, filter: DeliveryFilter): Promise<DeliveryPage | null>;
  /** One delivery with its latest 100 attempts, newest first; fewer when they hold too much for one answer. */
  getDelivery(
    customerId: string,
    webhookId: string,
    eventId: string,
  ): Promise<{ delivery: Delivery; attempts: Attempt[] } | null>;
  /** Due now with a fresh schedule; one that waits just becomes due, one in flight is due if that attempt fails. */
  redeliver(
    customerId: string,
    webhookId: string,
    eventId: string,
    by: Actor,
  ): Promise<"due" | "not_found" | "inactive" | "is_test">;
  /**
   * A test is a pending delivery like any other, sent once on reserved slots. With a URL it goes there instead, to try
   * it: what comes of it says nothing about the webhook.
   */
  createTest(
    test: {
      customerId: string;
      webhookId: string;
      eventId: string;
      type: string;
      dataJson: string;
      url?: string;
    },
    by: Actor,
  ): Promise<"created" | "not_found" | "too_many">;
  /**
   * The customer's deliveries that changed after a position, oldest change first, without content. Looks at
   * `limit` of them at most, those of deleted webhooks included, and says whether there may be more.
   */
  listChanges(
    customerId: string,
    range: { after: Cursor | null; limit: number },
  ): Promise<{ items: { cursor: Cursor; delivery: Delivery }[]; cursor: Cursor; hasMore: boolean }>;
  /**
   * Which of these customers had a delivery change since the change number `since` (null: all of them), and the
   * number to ask from the next time.
   */
  listChangedCustomers(
    customerIds: string[],
    since: string | null,
  ): Promise<{ customerIds: string[]; latest: string }>;
};
