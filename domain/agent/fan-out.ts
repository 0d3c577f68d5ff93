import type { EventType } from "../event/event-type";
import { fanOut, type Skipped, type Subscription } from "../event/fan-out";
import { agentBody, maxBodyBytes } from "./event-body";
import { agentData, type Detail } from "./event-data";

/** An event that was accepted, in epoch milliseconds, where a person sees it, and where an agent goes on from. */
export type AgentEvent = { id: string; dataJson: string; createdAt: number; link: string; cursor: string };

/** What is written of an event for an audience: its own payload, and who gets it. */
export type AgentFanOut = { payload: string; targets: number[]; skipped: Skipped[] };

/**
 * Fan-out to the subscriptions of one audience; null where none of them asks for the type. What is more than an agent
 * takes is sent to none, and told as what was filtered.
 */
export function fanOutToAgents(
  entry: EventType,
  event: AgentEvent,
  detail: Detail,
  subscriptions: readonly (Subscription & { key: number; isActive: boolean })[],
): AgentFanOut | null {
  const asking = subscriptions.filter(({ events }) => events.includes(entry.type));
  if (asking.length === 0) return null;
  const fanned = fanOut({ type: entry.type, dataJson: event.dataJson }, asking);
  const payload = agentBody({
    id: event.id,
    name: entry.type,
    occurredAt: event.createdAt,
    dataJson: agentData(entry, event, detail),
    cursor: event.cursor,
  });
  const bytes = Buffer.byteLength(payload);
  if (bytes <= maxBodyBytes) return { payload, ...fanned };
  const why = `its body has ${bytes} bytes, and an agent takes ${maxBodyBytes} at most`;
  const withheld = fanned.targets.map((key): Skipped => [key, "filtered", why]);
  return { payload, targets: [], skipped: [...fanned.skipped, ...withheld] };
}
