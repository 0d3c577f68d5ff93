import type { EventType } from "../event/event-type";
import type { Conditions, Leaf, Scalar } from "../filter/condition";
import { plainFields } from "./plain-fields";

/** What an event's content must be like for a subscription's arguments, in the terms of a webhook's filter. */
export function conditionsOf(entry: EventType, asked: Record<string, unknown>): Conditions | null {
  const conditions = plainFields(entry).flatMap(({ name, kind, path }): Leaf[] => {
    const dotted = path.join(".");
    if (kind === "count") {
      const least = asked[`min_${name}`];
      return typeof least === "number" ? [{ op: "at_least", path: dotted, value: least }] : [];
    }
    const wanted = asked[name];
    if (wanted === undefined) return [];
    return Array.isArray(wanted)
      ? [{ op: "in", path: dotted, values: wanted as Scalar[] }]
      : [{ op: "equals", path: dotted, value: wanted as Scalar }];
  });
  const [only] = conditions;
  if (!only) return null;
  return { [entry.type]: conditions.length === 1 ? only : { op: "and", conditions } };
}
