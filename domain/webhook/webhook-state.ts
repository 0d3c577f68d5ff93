import type { Countdown } from "./countdown";
import type { Health } from "./health";

/** What people write of a webhook, and when. Secrets are sealed; times are epoch milliseconds. */
export type WebhookSettings = {
  url: string;
  secret: string | null;
  /** Signs too until then, during a rotation. */
  previousSecret: string | null;
  previousSecretUntil: number | null;
  events: string[];
  description: string | null;
  updatedAt: number;
};

/** Whether anything is sent to it, and what it is judged by. */
export type WebhookStanding = {
  isActive: boolean;
  disabledReason: string | null;
  disabledAt: number | null;
  /** Grows with every new URL, secret and activation: older attempts no longer judge the webhook. */
  version: number;
  countdown: Countdown | null;
  /** The platform was told that it fails, and not yet that it recovered. */
  isReportedFailing: boolean;
};

export type WebhookState = WebhookSettings & WebhookStanding & Health;
