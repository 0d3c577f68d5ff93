import type { Actor } from "@/domain/audit/actor";
import type {
  RecoverableKind,
  RecoveryKind,
  RecoveryOutcome,
  RecoveryState,
} from "@/domain/delivery/recovery";
import type { RefusedPart } from "@/domain/delivery/refusal-tally";

/** Which deliveries to send again. */
export type RecoveryRequest = {
  /** When their events were accepted; up to now when `until` is null. */
  since: number;
  until: number | null;
  include: RecoverableKind[];
  /** Event types; any when absent. */
  types?: string[];
  /** What was answered last: the first digit, 0 for no answer, and the code itself; any when absent. */
  codeClass?: number;
  statusCode?: number;
};

/** What a recovery would send. `isComplete` is false when the range is too long: then there are at least so many. */
export type Recoverable = {
  count: number;
  isComplete: boolean;
  /** The largest part of them that was refused with one status, and the oldest event of that; null when none was. */
  refused: RefusedPart | null;
  /** By webhook, and by what it is: also what is not included, and what an inactive one would get. */
  webhooks: { webhookId: string; isActive: boolean; counts: Record<RecoveryKind, number> }[];
};

export type Recovery = {
  id: string;
  /** The only webhook that it is for; null for all of the customer's. */
  webhookId: string | null;
  since: number;
  until: number;
  /** Empty where somebody chose its deliveries one by one. */
  include: RecoverableKind[];
  types: string[] | null;
  codeClass: number | null;
  statusCode: number | null;
  total: number;
  /** Of these, what was looked at: made due, or in no need of it any more. */
  done: number;
  /** How many were made due. */
  sent: number;
  state: RecoveryState;
  createdAt: number;
  endedAt: number | null;
};

export type Redelivered = { webhookId: string; eventId: string };

export type RecoveryStore = {
  /**
   * Starts re-sending to a webhook, or to all that are active when it is null; the worker does it in small batches.
   * `isComplete` is false when the range is too long to be counted: then `total` grows on the way. Throws the signal's
   * reason, and starts nothing, once it is aborted before; "inactive" when no webhook of it is active, "busy" when too
   * many counts of the customer wait.
   */
  startRecovery(
    recovery: { id: string; customerId: string; webhookId: string | null } & RecoveryRequest,
    by: Actor,
    signal?: AbortSignal,
  ): Promise<(Recovery & Omit<Recoverable, "count">) | "not_found" | "inactive" | "busy">;
  /** What a recovery of this range would send now; also to a webhook that is named although it is inactive. */
  countRecoverable(
    customerId: string,
    webhookId: string | null,
    range: RecoveryRequest,
    signal?: AbortSignal,
  ): Promise<Recoverable | "busy" | null>;
  getRecovery(customerId: string, recoveryId: string): Promise<Recovery | null>;
  /** The newest 20, newest first, or those of them that still run: a reloaded page finds its progress again. */
  listRecoveries(
    customerId: string,
    filter: { webhookId?: string; isRunning?: boolean },
  ): Promise<Recovery[]>;
  /** Makes nothing due any more; what it has made due stays so. Changes nothing when it has ended. */
  cancelRecovery(customerId: string, recoveryId: string, by: Actor): Promise<Recovery | null>;
  /**
   * What became of what it made due, as it is now. Of a delivery that a later recovery made due again, only that one
   * tells.
   */
  countRecovered(customerId: string, recoveryId: string): Promise<Record<RecoveryOutcome, number> | null>;
  /**
   * Redelivers each of these as `redeliver` does, and answers for each, in their order. What became due is a recovery
   * with this id, which is null when nothing did.
   */
  redeliverMany(
    customerId: string,
    id: string,
    chosen: Redelivered[],
    by: Actor,
  ): Promise<{ recovery: Recovery | null; answers: RedeliveryAnswer[] } | null>;
};

export type RedeliveryAnswer = "due" | "not_found" | "inactive" | "is_test";
