import type { Actor } from "@/domain/audit/actor";
import type { Claim } from "./queue";
import type { Listening } from "./webhooks";

/** Who takes from which listener. */
export type Taking = { customerId: string; webhookId: string; session: string };

/** What a program took, and when, in epoch milliseconds. It is signed as of then. */
export type Taken = { claim: Claim; takenAt: number };

export type ListenerStore = {
  /**
   * Another program listens from now on; the one before takes nothing any more. Answers its session, of which
   * `endWorker` frees what it still had; null when there is no such listener.
   */
  attachListener(
    customerId: string,
    webhookId: string,
    listening: Listening,
    by: Actor,
  ): Promise<{ before: string } | null>;
  /**
   * Leases up to `limit` deliveries that are due, tests first, and notes that the program was heard of. While all
   * delivery is held, tests alone. Null when there is no such listener, `taken_over` when another program listens by now.
   */
  takeForListener(
    taking: Taking,
    request: { limit: number; leaseMs: number },
  ): Promise<Taken[] | "taken_over" | null>;
  /** What a program has taken and not reported yet; null when that is nothing, or somebody else's by now. */
  findTaken(taking: Taking, eventId: string): Promise<Taken | null>;
};
