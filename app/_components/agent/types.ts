import type { Outputs } from "@/app/_trpc/client";

/** What one agent subscribed to. */
export type Agent = Outputs["agents"]["list"][number];

/** A delivery to an agent in a list: without request and response. */
export type AgentDelivery = Outputs["agents"]["deliveries"]["items"][number];

/** A delivery to an agent with all its attempts. */
export type FullAgentDelivery = Outputs["agents"]["delivery"];
