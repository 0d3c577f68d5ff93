import type { Outputs } from "@/app/_trpc/client";

export type Webhook = Outputs["webhooks"]["get"];
export type WebhookSummary = Outputs["stats"]["overview"]["webhooks"][number];
export type EventType = Outputs["eventTypes"]["list"][number];
