import type { Outputs } from "@/app/_trpc/client";

export type Diagnosis = NonNullable<Outputs["deliveries"]["get"]["diagnosis"]>;
export type Cause = Diagnosis["causes"][number];

/** The delivery that a diagnosis is of. */
export type Diagnosed = { webhookId: string; eventId: string | null; eventType: string | undefined };
