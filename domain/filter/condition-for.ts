import { listsType } from "../event/lists-type";
import { anyType, type Condition, type Conditions } from "./condition";

/** What narrows a type, if anything does: `*` stands for the types that it stands for among a webhook's `events`. */
export function conditionFor(conditions: Conditions | null, type: string): Condition | null {
  if (conditions === null) return null;
  // A type is a key that people give: none of what every object has.
  if (Object.hasOwn(conditions, type)) return conditions[type] ?? null;
  return listsType([anyType], type) ? (conditions[anyType] ?? null) : null;
}
