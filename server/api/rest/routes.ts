import type { z } from "zod";
import { publishBody } from "../procedures/events/publish";

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
  /** Fields of the input that the query string may hold. */
  query?: readonly string[];
  /** What the body is when it is not the rest of the input. */
  body?: z.ZodType;
  /** The output is a page: the items are the answer, the cursor goes into a Link header. */
  isPaged?: true;
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
    status: 201,
    summary: "Register a webhook",
    refusals: [409],
  },
  { method: "GET", path: "/webhooks", procedure: "webhooks.list", status: 200, summary: "List webhooks" },
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
    status: 200,
    summary: "Change a webhook",
  },
  {
    method: "DELETE",
    path: "/webhooks/{webhook_id}",
    procedure: "webhooks.delete",
    status: 204,
    summary: "Delete a webhook",
  },
  {
    method: "POST",
    path: "/webhooks/{webhook_id}/test",
    procedure: "webhooks.test",
    status: 200,
    summary: "Send a test event",
    refusals: [503],
  },
  {
    method: "POST",
    path: "/webhooks/{webhook_id}/rotate-secret",
    procedure: "webhooks.rotateSecret",
    status: 200,
    summary: "Rotate the signing secret",
  },
  {
    method: "GET",
    path: "/webhooks/{webhook_id}/events",
    procedure: "deliveries.list",
    status: 200,
    summary: "List a webhook's deliveries",
    query: ["status", "event_type", ...pageQuery],
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
    refusals: [409],
  },
  {
    method: "POST",
    path: "/webhooks/{webhook_id}/recover",
    procedure: "webhooks.recover",
    status: 202,
    summary: "Send again what failed or was missed",
    refusals: [409],
  },
  {
    method: "GET",
    path: "/webhooks/{webhook_id}/recoveries/{recovery_id}",
    procedure: "webhooks.recovery",
    status: 200,
    summary: "Get the progress of a recovery",
  },
  {
    method: "POST",
    path: "/webhooks/{webhook_id}/cancel-pending",
    procedure: "webhooks.cancelPending",
    status: 202,
    summary: "Give up what waits",
  },
  {
    method: "POST",
    path: "/events",
    procedure: "events.publish",
    status: 202,
    summary: "Publish one event, or an array of them",
    body: publishBody,
    refusals: [409],
  },
  {
    method: "GET",
    path: "/events",
    procedure: "events.list",
    status: 200,
    summary: "List events",
    query: ["since", "type", ...pageQuery],
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
    path: "/event-types",
    procedure: "eventTypes.list",
    status: 200,
    summary: "List the event types",
  },
  {
    method: "POST",
    path: "/customers",
    procedure: "customers.create",
    status: 201,
    summary: "Add a customer",
    refusals: [409],
  },
  { method: "GET", path: "/customers", procedure: "customers.list", status: 200, summary: "List customers" },
  {
    method: "GET",
    path: "/customers/{customer_id}",
    procedure: "customers.get",
    status: 200,
    summary: "Get a customer",
  },
  {
    method: "DELETE",
    path: "/customers/{customer_id}",
    procedure: "customers.delete",
    status: 204,
    summary: "Delete a customer",
  },
  {
    method: "POST",
    path: "/customers/{customer_id}/api-keys",
    procedure: "apiKeys.create",
    status: 201,
    summary: "Make an API key",
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
    status: 201,
    summary: "Make a sign-in link to a customer's dashboard",
  },
];
