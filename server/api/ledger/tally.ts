import type { LedgerCount } from "@/db/store";
import { addBalances, type Balance, emptyBalance } from "@/domain/delivery/balance";
import type { Balances } from "../views/balance";

/** Adds up a ledger, by webhook. A line is of one event. */
export class Tally {
  private readonly byWebhook = new Map<string, Balance>();
  private readonly former = emptyBalance();

  add(parts: (Omit<LedgerCount, "count"> & { count?: number })[]): void {
    for (const { webhookId, isWebhookDeleted, status, count = 1 } of parts) {
      const balance = webhookId === null || isWebhookDeleted ? this.former : this.of(webhookId);
      balance.matched += count;
      balance[status === "pending" ? "waiting" : status] += count;
    }
  }

  get balances(): Balances {
    const webhooks = [...this.byWebhook].map(([webhookId, balance]) => ({ webhookId, balance }));
    return { webhooks, former: this.former };
  }

  private of(webhookId: string): Balance {
    const balance = this.byWebhook.get(webhookId) ?? emptyBalance();
    this.byWebhook.set(webhookId, balance);
    return balance;
  }
}

/** Of all webhooks together, deleted ones too. */
export const sumOf = ({ webhooks, former }: Balances): Balance =>
  webhooks.reduce((sum, { balance }) => addBalances(sum, balance), former);
