import { z } from "zod";
import { receivedTypeNames } from "@/domain/event/catalogue";
import { answerLimits } from "@/domain/limits";
import { isWellFormed, notWellFormed } from "@/domain/well-formed";

/** The fields that procedures share. REST path and query parameters have the same names. */

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Contract: a malformed id answers like an unknown one, so it is no matter of input checks. */
const knownBy = (noun: string, shape: RegExp) =>
  z.string().refine((value) => shape.test(value), { params: { notFound: noun }, abort: true });

export const webhookId = knownBy("webhook", uuid).meta({ format: "uuid" });
export const recoveryId = knownBy("recovery", uuid).meta({ format: "uuid" });
export const incidentId = knownBy("incident", uuid).meta({ format: "uuid" });
export const markId = knownBy("mark", uuid).meta({ format: "uuid" });
export const keyId = knownBy("key", uuid).meta({ format: "uuid" });
export const userId = knownBy("member", /^[\w-]{1,64}$/);
export const invitationId = knownBy("invitation", uuid).meta({ format: "uuid" });
export const agentId = knownBy("agent", /^sub_[0-9a-f]{32}$/).describe("Id of an agent's subscription");

export const eventIdShape = /^[A-Za-z0-9_-]{1,128}$/;
export const eventId = knownBy("event", eventIdShape);

/** Ids travel in paths and headers: printable ASCII, and no path segment that URLs swallow. */
export const externalIdShape = /^(?!\.{1,2}$)[!-~](?:[ -~]{0,253}[!-~])?$/;
export const customerId = knownBy("customer", externalIdShape).describe("Id or external id of the customer");

export const eventType = z.enum(receivedTypeNames).describe("A type of the catalogue");

export const codeClass = z
  .literal([0, 2, 3, 4, 5])
  .describe("First digit of the latest attempt's HTTP status; 0 when no answer came");
export const statusCode = z.int().min(100).max(599).describe("HTTP status of the latest attempt");

/** Text that comes back exactly as it was given. */
export const text = (maxLength: number) => z.string().max(maxLength).refine(isWellFormed, notWellFormed);

/** Of a customer. */
export const customerName = text(200).refine((name) => name.trim() !== "", "Must not be empty.");

export const time = z.iso.datetime({ offset: true }).describe("ISO 8601 with Z or an offset");

const pageSize = z.int().min(1).max(answerLimits.maxPageSize).default(answerLimits.pageSize);

export const wrongCursor = { path: ["cursor"], message: "Must be a cursor that this list has answered." };

const cursor = (shape: RegExp) =>
  z
    .string()
    .regex(shape, wrongCursor.message)
    .describe("Where the page begins: next_cursor of the page before");

/** Of lists whose rows lie in the order of one number. */
export const numberCursor = cursor(/^\d{1,15}$/);
/** Of lists that take a second number to tell rows apart. */
export const pairCursor = cursor(/^\d{1,15}\.\d{1,15}$/);

/** The same two, also where a search by the index goes on. */
export const searchCursor = (shape: "number" | "pair") =>
  cursor(shape === "number" ? /^(?:\d{1,15}|v\d{1,15}\.\d{1,15})$/ : /^v?\d{1,15}\.\d{1,15}$/);

/** A search by the index goes on only with what was searched for. */
export const isCursorOfSearch = ({
  text,
  cursor,
}: {
  text?: string | undefined;
  cursor?: string | undefined;
}) => text !== undefined || !cursor?.startsWith("v");

export const page = (listCursor: typeof numberCursor) => ({
  page_size: pageSize,
  cursor: listCursor.optional(),
});

/** What a list of events or deliveries is searched for. */
export const search = {
  text: text(200)
    .min(1)
    .describe(
      "An event's id, a whole value of its data, or a value at a place: data.case_id = C-42. Where nothing is found so, a part of the payload",
    )
    .optional(),
  payloads: z
    .boolean()
    .default(false)
    .describe("Whether to read payloads one by one, which also finds parts of values, in place of the index"),
};

/** Epoch milliseconds of an optional time. */
export const toMs = (iso: string | undefined) => (iso === undefined ? undefined : Date.parse(iso));
