import type { Outputs } from "@/app/_trpc/client";

export type Member = Outputs["team"]["list"][number];
