import type { WebhookKind } from "@/domain/webhook/webhook-kind";
import { isSystemWebhook } from "./system-webhook";

/** Whose a webhook's row is. */
export function kindOf(row: {
  id: string;
  listenerName: string | null;
  subscriptionId: string | null;
}): WebhookKind {
  if (isSystemWebhook(row)) return "platform";
  if (row.subscriptionId !== null) return "agent";
  return row.listenerName === null ? "customer" : "listener";
}
