import type { Detail } from "./event-data";

/** What an agent subscribed to, besides the URL: kept as it was asked for. */
export type SubscriptionTerms = {
  /** The type of event. */
  name: string;
  /** As the agent sent them, without those it left out. */
  arguments: Record<string, unknown>;
  detail: Detail;
  /** What the agent's program calls itself; null when it did not say. */
  client: string | null;
};
