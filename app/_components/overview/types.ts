import type { Outputs } from "@/app/_trpc/client";

export type OverviewStats = Outputs["stats"]["overview"];
