import type { Outputs } from "@/app/_trpc/client";

/** An event in the list. */
export type ListedEvent = Outputs["events"]["list"]["items"][number];
