import { controlId } from "@/domain/agent/control-body";
import type { Agent } from "./types";

/** The host that an agent's events are sent to. */
export const hostOf = ({ callback_url }: Pick<Agent, "callback_url">) => new URL(callback_url).host;

/** What an agent is called: as its program says, or else by where it is. */
export const agentName = (agent: Pick<Agent, "client" | "callback_url">) => agent.client ?? hostOf(agent);

/** The key that it came with. */
export function keyWords({ key }: Pick<Agent, "key">): string {
  if (key === null) return "a key that was revoked";
  return key.name === null ? `${key.prefix}…` : `${key.name} (${key.prefix}…)`;
}

/** What its arguments ask for. */
export const askedWords = ({ asks_for }: Pick<Agent, "asks_for">) =>
  asks_for === null ? "all of this type" : `where ${asks_for}`;

/** How many deliveries wait. */
export const waitingWords = ({ pending_count: count }: Pick<Agent, "pending_count">) =>
  count === 0 ? "nothing waits" : `${count.toLocaleString("en")} ${count === 1 ? "waits" : "wait"}`;

/** The first sentence of a diagnosis. */
export const firstSentence = (meaning: string) => meaning.split(/(?<=[.!?]) /, 1)[0] ?? meaning;

/** What a delivery is that is no event: it opens or closes a subscription. Null for an event. */
export function controlWord(eventId: string): string | null {
  if (eventId.startsWith(controlId("verification", ""))) return "challenge";
  return eventId.startsWith(controlId("terminated", "")) ? "last message" : null;
}
