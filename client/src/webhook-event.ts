import type { EventData, EventTypeName } from "./generated";

/** What a webhook receives, told apart by `type`. */
export type WebhookEvent = {
  [Type in EventTypeName]: {
    /** The same on every retry and redelivery: who has dealt with it already, answers 2xx and does nothing. */
    id: string;
    type: Type;
    /** When it was accepted, ISO 8601. */
    created_at: string;
    data: EventData[Type];
  };
}[EventTypeName];
