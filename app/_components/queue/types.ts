import type { Outputs } from "@/app/_trpc/client";

export type Webhook = Outputs["webhooks"]["get"];
