import type { EventType } from "../event/event-type";
import { plainFields } from "./plain-fields";

/** How much of an event's data an agent is sent. */
export const details = ["ids", "full"] as const;
export type Detail = (typeof details)[number];

/**
 * The JSON of what an agent is sent of an event's data. Names and birth dates do not reach the company that runs the agent
 * unless somebody asked for all of it: else it is ids, states, counts and times, and `link`, where a person sees the rest.
 */
export function agentData(
  entry: EventType,
  event: { dataJson: string; link: string },
  detail: Detail,
): string {
  if (detail === "full") return event.dataJson;
  const data: unknown = JSON.parse(event.dataJson);
  const kept: Record<string, unknown> = {};
  for (const { path } of plainFields(entry)) {
    const value = valueAt(data, path);
    if (["string", "number", "boolean"].includes(typeof value)) put(kept, path, value);
  }
  return JSON.stringify({ ...kept, link: event.link });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const valueAt = (data: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), data);

function put(into: Record<string, unknown>, [key = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into[key] = value;
    return;
  }
  const inner = isObject(into[key]) ? into[key] : {};
  into[key] = inner;
  put(inner, rest, value);
}
