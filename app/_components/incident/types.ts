import type { Outputs } from "@/app/_trpc/client";

export type Incident = Outputs["incidents"]["get"];
