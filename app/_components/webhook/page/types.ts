import type { Outputs } from "@/app/_trpc/client";

export type WebhookStats = Outputs["stats"]["webhook"];
export type WebhookQueue = WebhookStats["queue"];
