import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { EventSource } from "eventsource";
import type { AppRouter } from "@/server/api/router";
import type { App } from "./app";

export type Answered = { status: number; headers: Headers; body: unknown };

/** Calls the REST API as a program would. `body` is sent as JSON. */
export async function call(
  app: App,
  method: string,
  path: string,
  options: { key?: string; customer?: string; body?: unknown } = {},
): Promise<Answered> {
  const { key, customer, body } = options;
  const response = await fetch(app.url + path, {
    method,
    headers: {
      ...(key && { "X-API-KEY": key }),
      ...(customer && { "X-Customer-Id": customer }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}

/** A customer with a key of its own. */
export async function newCustomer(app: App, externalId?: string): Promise<{ id: string; key: string }> {
  const key = app.platformKey;
  const made = await call(app, "POST", "/customers", {
    key,
    body: { name: "Northwind", external_id: externalId },
  });
  const { id } = made.body as { id: string };
  const keyMade = await call(app, "POST", `/customers/${id}/api-keys`, { key, body: {} });
  return { id, key: (keyMade.body as { key: string }).key };
}

/** The published tRPC client, as another TypeScript program would use it. */
export function trpcClient(app: App, key: string, customer?: string) {
  const url = `${app.url}/api/trpc`;
  const headers = { "x-api-key": key, ...(customer && { "x-customer-id": customer }) };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === "subscription",
        true: httpSubscriptionLink({
          url,
          EventSource,
          eventSourceOptions: () => ({
            fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
          }),
        }),
        false: httpBatchLink({ url, headers }),
      }),
    ],
  });
}
