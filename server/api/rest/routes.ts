import type { z } from "zod";
import { findEventType } from "@/domain/event/catalogue";
import type { Runtime } from "@/server/process/runtime";
import { publishBody, publishDirectly } from "../procedures/events/publish";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** One call of the REST facade: which procedure answers it, and how its input and output travel over HTTP. */
export type Route = {
  method: Method;
  /** Parameters in braces are fields of the procedure's input. */
  path: string;
  procedure: string;
  /** The status of success; 204 where the procedure answers null. */
  status: 200 | 201 | 202 | 204;
  summary: string;
  /** What a caller must know besides. */
  description?: string;
  /** Fields of the input that the query string may hold. */
  query?: readonly string[];
  /** What the body is when it is not the rest of the input. */
  body?: z.ZodType;
  /**
   * Answers in place of the procedure, and of the same parts, once it is known that the caller may call it: where
   * the way through tRPC's middlewares would be most of the work.
   */
  direct?: (runtime: Runtime, input: unknown) => Promise<unknown>;
  /** A body that shows the call. */
  example?: unknown;
  /** The output is a page: the items are the answer, the cursor goes into a Link header. */
  isPaged?: true;
  /** It ends or removes something, as every DELETE does, and nothing brings that back. */
  isDestructive?: true;
  /** It takes an Idempotency-Key. */
  isRepeatable?: true;
  /** Statuses of refusals that not every call of its kind has. */
  refusals?: readonly (409 | 503)[];
};

const pageQuery = ["page_size", "cursor"] as const;

/** The whole REST facade. Routing, 405 answers, the OpenAPI document and the docs page come from this table. */
export const routes: readonly Route[] = [
  {
    method: "POST",
    path: "/webhooks",
    procedure: "webhooks.create",
    example: {
      webhook_url: "https://example.com/webhooks",
      events: ["search_completed", "alert_remediated"],
      conditions: { search_completed: { op: "at_least", path: "data.hit_count", value: 2 } },
    },
    status: 201,
    summary: "Register a webhook",
    description:
      "Always a new one, up to 10 for a customer, unless it has the Idempotency-Key of one that was made in the last 24 hours.",
    isRepeatable: true,
    refusals: [409],
  },
  { method: "GET", path: "/webhooks", procedure: "webhooks.list", status: 200, summary: "List webhooks" },
  {
    method: "POST",
    path: "/webhooks/preview-filter",
    procedure: "webhooks.previewFilter",
    example: {
      events: ["search_completed"],
      conditions: { search_completed: { op: "at_least", path: "data.hit_count", value: 2 } },
    },
    status: 200,
    summary: "Try a filter",
    description:
      "How many of the latest events of these types it would have sent, with examples. Nothing is changed.",
  },
  {
    method: "GET",
    path: "/webhooks/{webhook_id}",
    procedure: "webhooks.get",
    status: 200,
    summary: "Get a webhook",
  },
  {
    method: "PATCH",
    path: "/webhooks/{webhook_id}",
    procedure: "webhooks.update",
    example: { is_active: false },
    status: 200,
    summary: "Change a webhook",
    description:
      "What is left out is kept. A new URL or secret closes the breaker and clears the countdown to switching off.",
  },
  {
    method: "POST",
    path: "/webhooks/{webhook_id}/pause",
    procedure: "webhooks.pause",
    example: { paused_until: "2026-03-12T14:00:00Z" },
    status: 200,
    summary: "Pause a webhook",
    description:
      "It stays active: what waits and what comes is held, and nothing is missed. Tests go out. Pausing a paused one changes its end; switching it off ends the pause.",
    refusals: [409],
  },
  {
    method: "POST",
    path: "/webhooks/{webhook_id}/resume",
    procedure: "webhooks.resume",
    status: 200,
    summary: "Resume a paused webhook",
    description: "What was held goes out, from one at a time. One that is not paused stays as it is.",
  },
  {
    method: "DELETE",
    path: "/webhooks/{webhook_id}",
    procedure: "webhooks.delete",
    status: 204,
    summary: "Delete a webhook",
    description: "Delivery stops at once, and pending deliveries are cancelled.",
  },
  {
    method: "POST",
    path: "/webhooks/{webhook_id}/test",
    procedure: "webhooks.test",
    example: { event_type: "search_completed" },
    status: 200,
    summary: "Send a test event",
    description:
      "Answers once its single attempt ended. Works for an inactive webhook and any event type; counts for nothing but status and last delivery.",
    refusals: [503],
  },
  {
    method: "POST",
    path: "/webhooks/{webhook_id}/try-url",
    procedure: "webhooks.tryUrl",
    example: { webhook_url: "https://example.com/webhooks/" },
    status: 200,
    summary: "Try another URL",
    description:
      "Sends a test to it, and makes it the webhook's URL only when that was answered with 2xx; nothing is changed otherwise. Then a test of the webhook follows, which says that it works again.",
    refusals: [409, 503],
  },
  {
    method: "POST",
    path: "/webhooks/{webhook_id}/rotate-secret",
    procedure: "webhooks.rotateSecret",
    example: { overlap_seconds: 3600 },
    status: 200,
    summary: "Rotate the signing secret",
    description: "Both secrets sign during the overlap. A secret that was generated here is shown this once.",
  },
  {
    method: "GET",
    path: "/webhooks/{webhook_id}/events",
    procedure: "deliveries.list",
    status: 200,
    summary: "List a webhook's deliveries",
    description: "Newest first. A page may end early; only a missing link is the end.",
    query: [
      "status",
      "event_type",
      "code_class",
      "status_code",
      "since",
      "until",
      "recovery_id",
      "outcome",
      ...pageQuery,
    ],
    isPaged: true,
  },
  {
    method: "GET",
    path: "/webhooks/{webhook_id}/events/{event_id}",
    procedure: "deliveries.get",
    status: 200,
    summary: "Get a delivery with its attempts",
  },
  {
    method: "POST",
    path: "/webhooks/{webhook_id}/events/{event_id}/redeliver",
    procedure: "deliveries.redeliver",
    status: 204,
    summary: "Send a delivery again",
    description:
      "Due now with a fresh schedule and the same event id; attempts go on counting. While the breaker is open it is the next probe, at once; while the webhook is paused it is held.",
    refusals: [409],
  },
  {
    method: "POST",
    path: "/webhooks/{webhook_id}/recover",
    procedure: "webhooks.recover",
    example: { since: "2026-03-12T09:00:00Z", include: ["failed", "missed"] },
    status: 202,
    summary: "Send again what failed or was missed",
    description:
      "Runs in small batches; its progress can be asked for. When many were refused alike, it says so: they may be refused again.",
    refusals: [409],
  },
  {
    method: "GET",
    path: "/webhooks/{webhook_id}/diagnosis",
    procedure: "webhooks.explain",
    status: 200,
    summary: "Explain why a webhook fails",
    description:
      "What the attempt that ended last came to, what it means, and what to do. How sure that is, is said; causes that look the same are listed, the best first.",
  },
  {
    method: "GET",
    path: "/webhooks/{webhook_id}/recoveries/{recovery_id}",
    procedure: "webhooks.recovery",
    status: 200,
    summary: "Get the progress of a recovery",
  },
  {
    method: "GET",
    path: "/webhooks/{webhook_id}/incidents",
    procedure: "incidents.list",
    status: 200,
    summary: "List a webhook's incidents",
    description:
      "The times for which it failed in earnest, newest first: its breaker was open, or nothing got through for a minute. The newest 100 are kept, for a year.",
  },
  {
    method: "GET",
    path: "/webhooks/{webhook_id}/incidents/{incident_id}",
    procedure: "incidents.get",
    status: 200,
    summary: "Get an incident",
  },
  {
    method: "POST",
    path: "/redeliveries",
    procedure: "deliveries.redeliverMany",
    example: {
      deliveries: [{ webhook_id: "0b9a3f0e-5f0c-4c8e-9a57-3a6f3d8f6c11", event_id: "search-4711-done" }],
    },
    status: 202,
    summary: "Send many deliveries again",
    description: "Up to 200, each answered for: what cannot be sent again keeps no other from it.",
  },
  {
    method: "POST",
    path: "/recoveries",
    procedure: "recoveries.start",
    example: { since: "2026-03-12T09:00:00Z", event_types: ["search_completed"], code_class: 5 },
    status: 202,
    summary: "Send again what fits a filter",
    description:
      "To one webhook, or to all that are active: what failed, and if asked for what was missed, delivered or cancelled. Runs in small batches.",
    refusals: [409],
  },
  {
    method: "POST",
    path: "/recoveries/count",
    procedure: "recoveries.count",
    example: { code_class: 5 },
    status: 200,
    summary: "Count what a recovery would send",
    description: "By webhook, with what else fits the filter. Nothing is sent.",
  },
  {
    method: "GET",
    path: "/recoveries",
    procedure: "recoveries.list",
    status: 200,
    summary: "List recoveries",
    description: "The newest 20.",
    query: ["webhook_id"],
  },
  {
    method: "GET",
    path: "/recoveries/{recovery_id}",
    procedure: "recoveries.get",
    status: 200,
    summary: "Get a recovery, and what became of what it sent",
  },
  {
    method: "POST",
    path: "/recoveries/{recovery_id}/cancel",
    procedure: "recoveries.cancel",
    status: 200,
    summary: "Cancel a recovery",
    description: "Sends nothing more again. What it has made due goes out all the same.",
  },
  {
    method: "POST",
    path: "/webhooks/{webhook_id}/cancel-pending",
    procedure: "webhooks.cancelPending",
    status: 202,
    summary: "Cancel what is pending",
    isDestructive: true,
    description: "Cancels what is pending, in place of sending it later.",
  },
  {
    method: "POST",
    path: "/events",
    procedure: "events.publish",
    status: 202,
    summary: "Publish one event, or an array of them",
    description:
      "Answers only after the events and their deliveries are durably committed; an array is all or nothing. The same id with the same content again answers the same plus duplicate: true, and nothing is sent twice.",
    body: publishBody,
    direct: publishDirectly,
    example: {
      customer_id: "northwind",
      type: "search_completed",
      id: "search-4711-done",
      data: findEventType("search_completed")?.sample,
    },
    refusals: [409],
  },
  {
    method: "GET",
    path: "/events",
    procedure: "events.list",
    status: 200,
    summary: "List events",
    description:
      "With `text`, those that hold it: found by an index, however long ago, or by reading payloads. `X-Searched-Back-To` says how far back was looked where that is not all that is kept.",
    query: ["since", "type", "text", ...pageQuery],
    isPaged: true,
  },
  {
    method: "GET",
    path: "/events/{event_id}",
    procedure: "events.get",
    status: 200,
    summary: "Get an event, and what came of it per webhook",
  },
  {
    method: "GET",
    path: "/balance",
    procedure: "stats.balance",
    status: 200,
    summary: "Get what matched, and what became of it",
    description:
      "For ever, also of what is no longer kept; with since or until, of the events of that range that are kept.",
    query: ["since", "until", "webhook_id"],
  },
  {
    method: "GET",
    path: "/audit",
    procedure: "audit.list",
    status: 200,
    summary: "List who changed what",
    description:
      "Newest first, kept for 400 days. With the platform key and without X-Customer-Id it is what is told to the platform: customers that were deleted, and holds on all delivery.",
    query: ["webhook_id", "action", "actor_id", "since", "until", ...pageQuery],
    isPaged: true,
  },
  {
    method: "POST",
    path: "/marks",
    procedure: "marks.create",
    example: { name: "Deploy 1.4.2", url: "https://example.com/releases/1.4.2" },
    status: 201,
    summary: "Post a mark",
    description:
      "Something that happened, a deploy for example. It is seen in the charts of the webhook, or of all. At most 200 a day, kept for 31 days.",
    refusals: [409],
  },
  {
    method: "GET",
    path: "/marks",
    procedure: "marks.list",
    query: ["webhook_id", "since", "until"],
    status: 200,
    summary: "List marks",
    description: "With how webhooks were edited, rotated, switched and paused.",
  },
  {
    method: "DELETE",
    path: "/marks/{mark_id}",
    procedure: "marks.delete",
    status: 204,
    summary: "Delete a mark",
  },
  {
    method: "GET",
    path: "/agents",
    procedure: "agents.list",
    status: 200,
    summary: "List what agents subscribed to",
    description: "Newest first. Agents subscribe and refresh by the Model Context Protocol, at /mcp.",
  },
  {
    method: "DELETE",
    path: "/agents/{agent_id}",
    procedure: "agents.end",
    status: 204,
    summary: "Disconnect an agent",
    description:
      "Nothing more is sent to it, and what waits is cancelled. It may subscribe again for as long as its key counts.",
  },
  {
    method: "GET",
    path: "/agents/{agent_id}/deliveries",
    procedure: "agents.deliveries",
    status: 200,
    summary: "List an agent's deliveries",
    description: "Newest first. A page may end early; only a missing link is the end.",
    query: [...pageQuery],
    isPaged: true,
  },
  {
    method: "GET",
    path: "/agents/{agent_id}/deliveries/{event_id}",
    procedure: "agents.delivery",
    status: 200,
    summary: "Get an agent's delivery with its attempts",
  },
  {
    method: "GET",
    path: "/event-types",
    procedure: "eventTypes.list",
    status: 200,
    summary: "List the event types",
    query: ["include"],
  },
  {
    method: "POST",
    path: "/customers",
    procedure: "customers.create",
    example: { name: "Northwind Bank", external_id: "northwind" },
    status: 201,
    summary: "Add a customer",
    refusals: [409],
  },
  {
    method: "GET",
    path: "/customers",
    procedure: "customers.list",
    status: 200,
    summary: "List customers",
    query: [...pageQuery],
    isPaged: true,
  },
  {
    method: "GET",
    path: "/customers/{customer_id}",
    procedure: "customers.get",
    status: 200,
    summary: "Get a customer",
  },
  {
    method: "PATCH",
    path: "/customers/{customer_id}",
    procedure: "customers.update",
    example: { name: "Northwind Bank" },
    status: 200,
    summary: "Rename a customer",
  },
  {
    method: "DELETE",
    path: "/customers/{customer_id}",
    procedure: "customers.delete",
    status: 204,
    summary: "Delete a customer",
    description: "Keys, sessions and deliveries stop at once.",
  },
  {
    method: "POST",
    path: "/customers/{customer_id}/api-keys",
    procedure: "apiKeys.create",
    example: { name: "Production" },
    status: 201,
    summary: "Make an API key",
    refusals: [409],
  },
  {
    method: "GET",
    path: "/customers/{customer_id}/api-keys",
    procedure: "apiKeys.list",
    status: 200,
    summary: "List a customer's API keys",
  },
  {
    method: "DELETE",
    path: "/customers/{customer_id}/api-keys/{key_id}",
    procedure: "apiKeys.revoke",
    status: 204,
    summary: "Revoke an API key",
  },
  {
    method: "POST",
    path: "/customers/{customer_id}/portal-links",
    procedure: "customers.createPortalLink",
    example: { expires_in: 3600 },
    status: 201,
    summary: "Make a sign-in link to a customer's dashboard",
  },
];
