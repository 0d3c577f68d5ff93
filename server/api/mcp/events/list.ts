import { offeredEvents } from "./offered";
import { readList } from "./params";

/** Answers `events/list`: all events, on one page. */
export function listEvents(params: unknown) {
  readList(params);
  return { events: offeredEvents().map(({ definition }) => definition) };
}
