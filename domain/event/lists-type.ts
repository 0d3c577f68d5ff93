import { anyType } from "../filter/condition";
import { everyNotice, isNoticeType } from "../notice/kinds";
import { systemEventTypes } from "../webhook/system-event";

/** Whether a webhook's `events` name a type: `*` is every type but those that the service itself tells of. */
export function listsType(events: readonly string[], type: string): boolean {
  if (events.includes(type)) return true;
  if (isNoticeType(type)) return events.includes(everyNotice);
  return events.includes(anyType) && !systemEventTypes.some((each) => each === type);
}
