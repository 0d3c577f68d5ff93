import { z } from "zod";
import { placeIn } from "@/domain/agent/cursor";
import type { Detail } from "@/domain/agent/event-data";
import { termOf } from "@/domain/agent/terms";
import { eventTypeNames } from "@/domain/event/catalogue";
import { keyProblem } from "@/domain/webhook/secret-key";
import { fieldErrors } from "@/server/http/field-errors";
import { webhookUrl } from "../../procedures/webhooks/fields";
import { invalidParams, notFound, unsupported } from "./errors";
import { findOffered, type OfferedEvent } from "./offered";

/** What a subscription is asked for with. */
export type AskedSubscription = {
  event: OfferedEvent;
  /** As they were sent. */
  arguments: Record<string, unknown>;
  detail: Detail;
  url: string;
  secret: string;
  /** From where to replay; null for what happens from now on. */
  cursor: string | null;
  /** Of what is replayed, how old it may be; null for as old as there is. */
  maxAgeMs: number | null;
  /** For how long it is granted. */
  termMs: number;
};

/**
 * Reads what `events/subscribe` was sent. Throws the protocol's errors: for an event that there is not, for a way of
 * delivery other than by webhook, and for the first field that is wrong.
 */
export function readSubscribe(params: unknown): AskedSubscription {
  const { name, delivery: way } = read(named, params);
  const event = findOffered(name);
  if (!event) throw notFound("event", `There is no event ${name}. There are ${eventTypeNames.join(", ")}.`);
  if (way.mode !== "webhook") {
    throw unsupported("Events are delivered by webhook alone.", "delivery.mode", way.mode);
  }
  const { delivery, ttlMs, ...asked } = read(subscribing, params);
  const { include } = readArguments(event, asked.arguments);
  return { event, detail: include, termMs: Math.floor(termOf(ttlMs)), ...asked, ...delivery };
}

/** Reads what `events/unsubscribe` was sent: what names the subscription. */
export const readUnsubscribe = (params: unknown) => read(unsubscribing, params);

/** Reads what `events/list` was sent. All events are on one page, so that no cursor leads to another. */
export const readList = (params: unknown) => read(listing, params);

/** Checks what is asked of an event. Who asks for what there is not learns what there is. */
function readArguments(event: OfferedEvent, given: Record<string, unknown>): { include: Detail } {
  const known = Object.keys(event.arguments.shape);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    throw invalidParams(
      `arguments.${name}`,
      `${event.entry.type} has no such argument. It has ${known.join(", ")}.`,
    );
  }
  return read(event.arguments, given, ["arguments"]) as { include: Detail };
}

/** Checks a value; throws for what is wrong with it first. `at` is where it lies. */
function read<Schema extends z.ZodType>(schema: Schema, value: unknown, at: string[] = []): z.output<Schema> {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const [first] = fieldErrors(checked.error.issues, at);
  throw invalidParams(first?.path.join(".") ?? "", first?.message ?? "This is not valid.");
}

/** Looked at by the event's own schema. A record of zod's would drop `__proto__` without a word. */
const eventArguments = z
  .custom<Record<string, unknown>>(
    (given) => typeof given === "object" && given !== null && !Array.isArray(given),
    "Must be an object.",
  )
  .default({});

const named = z.object({ name: z.string(), delivery: z.object({ mode: z.string() }) });

/** The protocol asks for 24 to 64 bytes, in base64 with its padding. */
const secret = z.string().superRefine((given, context) => {
  const problem = given.startsWith("whsec_") ? (keyProblem(given) ?? lengthProblem(given)) : notASecret;
  if (problem !== null) context.addIssue({ code: "custom", message: problem });
});

const notASecret = "Must be whsec_ and the base64 of 24 to 64 random bytes.";

function lengthProblem(given: string): string | null {
  const { length } = Buffer.from(given.slice("whsec_".length), "base64");
  return length >= 24 && length <= 64 ? null : `${notASecret} This is ${length}.`;
}

const subscribing = z.object({
  arguments: eventArguments,
  delivery: z.object({ url: webhookUrl, secret }),
  cursor: z
    .string()
    .refine((given) => placeIn(given) !== null, "This is no cursor of ours. Leave it out, or send null.")
    .nullable()
    .default(null),
  maxAgeMs: z.int().min(0).nullable().default(null),
  ttlMs: z.number().nullable().optional(),
});

const unsubscribing = z.object({
  name: z.string(),
  arguments: eventArguments,
  delivery: z.object({ url: z.string() }),
});

const listing = z.object({
  cursor: z.null("All events are on the first page. Leave the cursor out.").optional(),
});
