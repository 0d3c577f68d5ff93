import type { Balance } from "@/domain/delivery/balance";

export type BalanceStore = {
  /**
   * What became of all that ever matched, also of what retention has removed: of each webhook, newest first, and of the
   * customer's deleted ones together.
   */
  getBalance(customerId: string): Promise<{
    webhooks: { webhookId: string; balance: Balance }[];
    former: Balance;
  }>;
};
