import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import { z } from "zod";
import type { NewEvent, PublishResult } from "@/db/store";
import { badInput, conflict, type FieldError, maxFieldErrors, notFound, tooLarge } from "@/domain/errors";
import { eventTypeNames } from "@/domain/event/catalogue";
import { contentDigest } from "@/domain/event/json";
import { callLimits } from "@/domain/limits";
import { fieldErrors } from "@/server/http/field-errors";
import { measureWork, restAfter } from "@/server/http/turns";
import type { Runtime } from "@/server/process/runtime";
import { eventDataErrors } from "../../event-data";
import { eventIdShape, externalIdShape } from "../../inputs";
import { platformProcedure } from "../../trpc";
import { publishedView } from "../../views/event";

const { events: maxEvents, eventBytes: maxEventBytes } = callLimits;
/** Others get their turn after so many of them: about a millisecond's work, if each is small. */
const eventsAtOnce = 50;

const publishedEvent = z
  .object({
    customer_id: z.string().describe("Id or external id of the customer"),
    type: z.enum(eventTypeNames).describe("A type of the catalogue, but for webhook.…"),
    data: z.unknown().describe("Checked against the schema of its type"),
    id: z
      .string()
      .regex(eventIdShape, "Must be 1 to 128 of A-Z a-z 0-9 _ -.")
      .describe("Makes publishing repeatable: unique per customer; made here when absent")
      .optional(),
  })
  .meta({ id: "NewEvent" });
type PublishedEvent = z.infer<typeof publishedEvent>;

/** One event, or an array of them. */
export const publishBody = z.union([publishedEvent, z.array(publishedEvent).max(maxEvents)]);

/** Enough of an event to check its data, whatever else is wrong with it. */
const typedEvent = publishedEvent.pick({ type: true, data: true });

/** Accepts events and fans them out. Answers only after a durable commit, all or nothing. */
export const publishEvents = platformProcedure
  .input(parseInput)
  .output(z.union([publishedView, z.array(publishedView)]))
  .mutation(({ ctx, input }) => publishParsed(ctx.runtime, input));

/** The same for a caller that is known to be the platform. Throws ApiError 400, 404, 409 and 413. */
export const publishDirectly = async (runtime: Runtime, input: unknown): Promise<PublishedAnswer> =>
  publishParsed(runtime, await parseInput(input));

type PublishedAnswer = PublishedView | PublishedView[];
type PublishedView = z.infer<typeof publishedView>;

async function publishParsed(
  { store, newId }: Runtime,
  input: PublishedEvent | PublishedEvent[],
): Promise<PublishedAnswer> {
  const given = Array.isArray(input) ? input : [input];
  const at = (index: number, key: string) => (Array.isArray(input) ? [index, key] : [key]);

  const nobody = given.findIndex(({ customer_id }) => !externalIdShape.test(customer_id));
  if (nobody >= 0) throw unknownCustomer(at(nobody, "customer_id"));
  const events: NewEvent[] = [];
  for (const [index, event] of given.entries()) {
    if (isTurnOfOthers(index)) await turn();
    events.push(toNewEvent(event, newId));
  }
  const result = await store.publishEvents(events);
  if (result.kind === "unknown_customer") throw unknownCustomer(at(result.index, "customer_id"));
  if (result.kind === "conflict") throw otherContent(at(result.index, "id"));

  const published = result.events.map(toPublishedView);
  return Array.isArray(input) ? published : (published[0] ?? published);
}

/** A refusal that was much work is answered late: whoever repeats it for ever leaves most of the time to others. */
async function parseInput(input: unknown): Promise<PublishedEvent | PublishedEvent[]> {
  // One event is too little work to measure: to ask for the time that it took would take as much.
  if (!Array.isArray(input)) return parseEvents(input);
  const tookMs = measureWork();
  try {
    return await parseEvents(input);
  } catch (error) {
    await pause(restAfter(tookMs()));
    throw error;
  }
}

/** Checks every event and lists what is bad in all of them, by index when they came as an array. */
async function parseEvents(input: unknown): Promise<PublishedEvent | PublishedEvent[]> {
  const given = Array.isArray(input) ? input : [input];
  const at = (index: number) => (Array.isArray(input) ? [index] : []);
  if (given.length > maxEvents) throw tooManyEvents(given.length);
  const tooBig = given.findIndex((event) => jsonBytes(event) > maxEventBytes);
  if (tooBig >= 0) throw tooLargeEvent(at(tooBig));

  const events: PublishedEvent[] = [];
  let errors: FieldError[] = [];
  for (const [index, event] of given.entries()) {
    if (isTurnOfOthers(index)) await turn();
    // A client that fixes these asks again.
    if (errors.length >= maxFieldErrors) throw badInput(errors, false);
    const parsed = parseEvent(event, at(index));
    if ("event" in parsed) events.push(parsed.event);
    else errors = errors.concat(parsed.errors);
  }
  if (errors.length > 0) throw badInput(errors);
  return Array.isArray(input) ? events : (events[0] ?? events);
}

// zod hands `data` through as it was parsed, with a key named __proto__ too.
function parseEvent(
  event: unknown,
  at: (string | number)[],
): { event: PublishedEvent } | { errors: FieldError[] } {
  const checked = publishedEvent.safeParse(event);
  const typed = checked.success ? checked : typedEvent.safeParse(event);
  const dataErrors = typed.success ? eventDataErrors(typed.data.type, typed.data.data, at) : [];
  if (!checked.success) return { errors: [...fieldErrors(checked.error.issues, at), ...dataErrors] };
  return dataErrors.length > 0 ? { errors: dataErrors } : { event: checked.data };
}

/** Whether other callers are to be served before this event of an array. */
const isTurnOfOthers = (index: number) => index % eventsAtOnce === eventsAtOnce - 1;

const jsonBytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? "");

function toNewEvent({ customer_id, type, data, id }: PublishedEvent, newId: () => string): NewEvent {
  return {
    customer: customer_id,
    id: id ?? newId(),
    type,
    dataJson: JSON.stringify(data),
    contentHash: contentDigest({ type, data }),
  };
}

const toPublishedView = ({ id, deliveries, duplicate }: Published): PublishedView => ({
  id,
  deliveries,
  ...(duplicate && { duplicate }),
});

type Published = Extract<PublishResult, { kind: "accepted" }>["events"][number];

const tooManyEvents = (count: number) =>
  badInput([
    { path: [], message: `At most ${maxEvents} events fit in one call, not ${count}.`, code: "too_big" },
  ]);

function tooLargeEvent(path: (string | number)[]) {
  const message = `One event is at most ${maxEventBytes} bytes of JSON.`;
  return tooLarge(message, [{ path, message, code: "too_big" }]);
}

function unknownCustomer(path: (string | number)[]) {
  return notFound("customer", [{ path, message: "There is no such customer.", code: "not_found" }]);
}

function otherContent(path: (string | number)[]) {
  const message = "An event with this id but other content was accepted before.";
  return conflict("id_taken", message, [{ path, message, code: "conflict" }]);
}
