import type { DeliveryError } from "../delivery/outcome";
import type { ToldDiagnosis } from "../diagnosis/outcome-evidence";

/** What the platform's own webhook is told about its customers' webhooks. */
export const systemEventTypes = [
  "webhook.failing",
  "webhook.recovered",
  "webhook.disabled",
  "webhook.certificate_expiring",
  "webhook.client_certificate_expiring",
  "webhook.slow",
  "delivery.failed",
] as const;

/** One thing to tell of a webhook, with what the moment knew of it. `delivery` is the key of its row. */
export type SystemEvent =
  | { type: "webhook.failing"; error: DeliveryError | null; diagnosis: ToldDiagnosis | null }
  | { type: "webhook.recovered" }
  | { type: "webhook.disabled"; reason: string }
  | {
      type: "webhook.certificate_expiring" | "webhook.client_certificate_expiring";
      certificate_expires_at: string;
    }
  | { type: "webhook.slow"; p95_ms: number }
  | { type: "delivery.failed"; delivery: number; diagnosis: ToldDiagnosis };
