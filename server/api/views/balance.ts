import { z } from "zod";
import { type Balance, isBalanced } from "@/domain/delivery/balance";

const counts = {
  matched: z.int().describe("Events that the filter listed when they were accepted, tests aside"),
  delivered: z.int(),
  waiting: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  missed: z.int().describe("Those that had no delivery, because the webhook was off"),
};

/** The green equation: what matched = delivered + waiting + failed + cancelled + missed. */
export const balanceView = z.object({
  ...counts,
  is_balanced: z.boolean().describe("Whether what matched is the sum of what became of it, everywhere"),
  is_complete: z
    .boolean()
    .describe("False when the range is too long to be counted: then there are at least so many"),
  webhooks: z.array(z.object({ webhook_id: z.uuid(), ...counts })),
  deleted_webhooks: z.object(counts),
});

export type Balances = { webhooks: { webhookId: string; balance: Balance }[]; former: Balance };

export function toBalanceView({ webhooks, former }: Balances, all: Balance, isComplete: boolean) {
  return {
    ...all,
    is_balanced: [all, former, ...webhooks.map(({ balance }) => balance)].every(isBalanced),
    is_complete: isComplete,
    webhooks: webhooks.map(({ webhookId, balance }) => ({ webhook_id: webhookId, ...balance })),
    deleted_webhooks: former,
  };
}
