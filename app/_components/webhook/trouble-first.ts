import { webhookState } from "@/app/_components/status/webhook-state";
import type { Webhook } from "./types";

const ranks: Record<ReturnType<typeof webhookState>, number> = {
  failing: 0,
  degraded: 1,
  active: 2,
  listening: 2,
  away: 2,
  disabled: 3,
};

/** What fails comes first, then what fails in part; within each, as they are given. */
export function troubleFirst(webhooks: Webhook[]): Webhook[] {
  return webhooks.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** One that Fanfare switched off is trouble; one that somebody did is not. */
function rankOf(webhook: Webhook): number {
  const state = webhookState(webhook);
  return state === "disabled" && webhook.disabled_reason ? ranks.failing : ranks[state];
}

/** The webhooks in an order of before, which holds as long as it is of the same ones; else trouble first. */
export function inOrder(webhooks: Webhook[], order: string[]): Webhook[] {
  const byId = new Map(webhooks.map((webhook) => [webhook.id, webhook]));
  const held = order.flatMap((id) => byId.get(id) ?? []);
  const isOfThese = held.length === webhooks.length && held.length === order.length;
  return isOfThese ? held : troubleFirst(webhooks);
}
