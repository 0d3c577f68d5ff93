import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink } from "@trpc/client";
import { EventSource } from "eventsource";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { streamLimits } from "@/domain/limits";
import { type Api, openApi, publicUrl, rest } from "../api.fixture";
import type { AppRouter } from "../router";
import { handleTrpc } from "./handle";
import { openStream } from "./live.fixture";

/* What programs with tRPC's own client meet, as app/docs/_guides/trpc-client.md tells them. */

let api: Api;
let customer: string;
let key: string;
beforeEach(async () => {
  api = await openApi();
  ({ id: customer, key } = await api.newCustomer());
});
afterEach(() => api.close());

const url = `${publicUrl}/api/trpc`;
const asked: Request[] = [];
const ask = (input: unknown, init: unknown) => {
  const request = new Request(input as string, init as RequestInit);
  asked.push(request);
  return handleTrpc(request);
};
beforeEach(() => void asked.splice(0));

describe("calls", () => {
  test("of more than a batch holds are refused alike, and made in several batches with maxItems", async () => {
    const made = (maxItems: number) => {
      const link = httpBatchLink({ url, headers: { "x-api-key": key }, fetch: ask, maxItems });
      const client = createTRPCClient<AppRouter>({ links: [link] });
      return Promise.allSettled(Array.from({ length: 21 }, () => client.webhooks.list.query()));
    };
    for (const refused of await made(100)) {
      expect(refused).toMatchObject({ reason: { message: "At most 20 calls fit in one batch, not 21." } });
    }
    for (const answered of await made(20)) expect(answered).toEqual({ status: "fulfilled", value: [] });
    expect(asked).toHaveLength(3);
  });

  test("that ask are sent with POST when the link says so", async () => {
    const link = httpLink({ url, headers: { "x-api-key": key }, fetch: ask, methodOverride: "POST" });
    const client = createTRPCClient<AppRouter>({ links: [link] });
    const text = "x".repeat(200);
    expect(await client.events.list.query({ text })).toMatchObject({ items: [] });
    expect(asked[0]?.method).toBe("POST");
    expect(asked[0]?.url).not.toContain(text);
  });
});

describe("a subscription", () => {
  /** What it tells, until it fails or has told of a delivery. */
  async function toldBy(apiKey: string, webhookId?: string, onStarted = () => {}): Promise<unknown[]> {
    const told: unknown[] = [];
    const link = httpSubscriptionLink({
      url,
      EventSource,
      eventSourceOptions: () => ({
        fetch: (input, init) => ask(input, { ...init, headers: { ...init.headers, "x-api-key": apiKey } }),
      }),
    });
    const { live } = createTRPCClient<AppRouter>({ links: [link] });
    return new Promise((resolve) => {
      const subscription = live.deliveries.subscribe(
        { webhook_id: webhookId },
        {
          onStarted: () => {
            told.push("started");
            onStarted();
          },
          onData: ({ data }) => {
            subscription.unsubscribe();
            resolve([...told, data.id]);
          },
          onError: (error) => resolve([...told, error]),
        },
      );
    });
  }

  test("is followed with the package eventsource, which Node 20 has nothing in place of", async () => {
    await api.newWebhook(key);
    const json = { customer_id: customer, type: "search_completed", data: { search_id: "s" }, id: "e1" };
    const told = await toldBy(key, undefined, () => void rest("POST", "/events", { json }));
    expect(told).toEqual(["started", "e1"]);
  });

  test.each([
    ["a wrong key", "fk_wrong", undefined, 401],
    ["another's webhook", null, "0b9a3f0e-5f0c-4c8e-9a57-3a6f3d8f6c11", 404],
  ])(
    "that is refused for %s tells why, once the connection is there",
    async (_, wrong, webhook, httpStatus) => {
      expect(await toldBy(wrong ?? key, webhook)).toMatchObject(["started", { data: { httpStatus } }]);
    },
  );

  test("that is one too many is told the status", async () => {
    const open = await Promise.all(
      Array.from({ length: streamLimits.ofCaller }, () => openStream({}, { key })),
    );
    expect(await toldBy(key)).toMatchObject([{ message: "Non-200 status code (429)", shape: { code: 429 } }]);
    for (const stream of open) await stream.cancel();
  });
});
