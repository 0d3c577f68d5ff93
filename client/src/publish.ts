import type { CallOptions } from "./call-options";
import type { EventData, EventTypeName, PublishedEvent } from "./generated";

/** An event to publish, of one of the catalogue's types. */
export type NewEvent = {
  [Type in EventTypeName]: {
    /** Id or external id of the customer. */
    customer_id: string;
    type: Type;
    data: EventData[Type];
    /** Makes publishing repeatable: unique per customer. The client makes one when absent, for its own retries. */
    id?: string | undefined;
  };
}[EventTypeName];

/** Publishes one event, or up to 1000 at once, all or nothing. With the platform's key. */
export type Publish = {
  (event: NewEvent, options?: CallOptions): Promise<PublishedEvent>;
  (events: readonly NewEvent[], options?: CallOptions): Promise<PublishedEvent[]>;
};

/** The same with an id each, under which Fanfare takes them once, however often they are sent. */
export function withIds(input: NewEvent | readonly NewEvent[]): NewEvent | NewEvent[] {
  const withId = (event: NewEvent): NewEvent => ({ ...event, id: event.id ?? crypto.randomUUID() });
  return isList(input) ? input.map(withId) : withId(input);
}

const isList = (input: NewEvent | readonly NewEvent[]): input is readonly NewEvent[] => Array.isArray(input);
