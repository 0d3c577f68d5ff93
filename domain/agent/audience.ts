import { type Detail, details } from "./event-data";

/**
 * A customer's agents are not among its webhooks. To the engine they are webhooks of *audiences*: hidden customers that
 * nobody outside sees, one for each level of detail, since all of an audience are sent the same bytes. The keys of their
 * rows; and `site`, the address by which agents reached us last, to which links lead.
 */
export type Audiences = Record<Detail, number> & { site: string };

/** The id of an audience's row. */
export const audienceId = (customerId: string, detail: Detail) => `agents:${detail}:${customerId}`;

/** The ids of all that a customer may have. */
export const audienceIds = (customerId: string) => details.map((detail) => audienceId(customerId, detail));

/** The keys of those that a customer has; none where it never had an agent. */
export const audienceKeys = (agents: Audiences | null): number[] =>
  agents ? details.map((detail) => agents[detail]) : [];

/** Whose agents an audience is; null for the id of any other customer. */
export const customerOfAudience = (id: string): string | null =>
  /^agents:(?:ids|full):(.+)$/.exec(id)?.[1] ?? null;

/** Where a person sees an event that an agent was sent. */
export const eventLink = ({ site }: Audiences, eventId: string) =>
  `${site}/dashboard/events/${encodeURIComponent(eventId)}`;
