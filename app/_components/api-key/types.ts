import type { Outputs } from "@/app/_trpc/client";

export type ApiKey = Outputs["apiKeys"]["list"][number];
