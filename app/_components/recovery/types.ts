import type { Outputs } from "@/app/_trpc/client";

export type Recovery = Outputs["recoveries"]["list"][number];
export type RecoveryWithOutcomes = Outputs["recoveries"]["get"];
export type Outcome = keyof RecoveryWithOutcomes["outcomes"];
