import type { Tool } from "./tool";
import { checkSignature } from "./tools/check-signature";
import { countRecovery } from "./tools/count-recovery";
import { explainWebhook } from "./tools/explain-webhook";
import { findDeliveries } from "./tools/find-deliveries";
import { findEvents } from "./tools/find-events";
import { getDelivery } from "./tools/get-delivery";
import { getRecovery } from "./tools/get-recovery";
import { listSubscriptions } from "./tools/list-subscriptions";
import { listWebhooks } from "./tools/list-webhooks";
import { pauseWebhook } from "./tools/pause-webhook";
import { recover } from "./tools/recover";
import { redeliver } from "./tools/redeliver";
import { resumeWebhook } from "./tools/resume-webhook";
import { sendTest } from "./tools/send-test";
import { traceEvent } from "./tools/trace-event";

/** What agents may do. No tool shows a secret or makes a key. */
export const tools: readonly Tool[] = [
  listWebhooks,
  explainWebhook,
  findDeliveries,
  getDelivery,
  findEvents,
  traceEvent,
  listSubscriptions,
  checkSignature,
  countRecovery,
  getRecovery,
  redeliver,
  recover,
  sendTest,
  pauseWebhook,
  resumeWebhook,
];
