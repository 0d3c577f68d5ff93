import { anyType } from "../filter/condition";
import { systemEventTypes } from "../webhook/system-event";

/** Whether a webhook's `events` name a type: `*` is every type but those that the service itself tells of. */
export const listsType = (events: readonly string[], type: string): boolean =>
  events.includes(type) || (events.includes(anyType) && !systemEventTypes.some((each) => each === type));
