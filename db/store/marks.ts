import type { Actor } from "@/domain/audit/actor";

/** Something that a customer says happened, a deploy for example, to be seen beside what the charts show. */
export type Mark = {
  id: string;
  /** Null when it is of all the customer's webhooks. */
  webhookId: string | null;
  name: string;
  url: string | null;
  at: number;
};

export type MarkStore = {
  /** Keeps a mark of a webhook, or of all; of now when `at` is null. So many a day at most (see markLimits). */
  createMark(
    customerId: string,
    mark: Omit<Mark, "at"> & { at: number | null },
    by: Actor,
  ): Promise<Mark | "not_found" | "limit_reached">;
  /** What happened from `since` until before `until`, the newest 500, oldest first; of one webhook: with those of all. */
  listMarks(customerId: string, range: { webhookId?: string; since: number; until: number }): Promise<Mark[]>;
  /** Whether it was there. */
  deleteMark(customerId: string, markId: string, by: Actor): Promise<boolean>;
};
