import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Api, openApi, publicUrl, toRequest } from "./api.fixture";
import { handleRest } from "./rest/handle";
import { routes } from "./rest/routes";
import { appRouter } from "./router";
import { handleTrpc } from "./trpc-http/handle";

let api: Api;
let known: Record<string, string>;
let keys: string[];
let cookie: string;
beforeAll(async () => {
  api = await openApi();
  const customer = await api.newCustomer();
  const webhook_id = await api.newWebhook(customer.key);
  const event = { customer_id: customer.id, type: "search_completed", data: { search_id: "s" }, id: "e-1" };
  await api.rest("POST", "/events", { json: event });
  known = {
    customer_id: customer.id,
    webhook_id,
    event_id: "e-1",
    key_id: webhook_id,
    recovery_id: webhook_id,
  };
  keys = ["fp_the-platform-key-of-a-test", customer.key];
  cookie = await api.signUp("ada@example.com");
});
afterAll(() => api.close());

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("", "\0", "\ud800", "__proto__", "🎺"),
);

/** Anything that JSON can say, often under the names that calls know. */
const names = [
  "webhook_id",
  "webhook_url",
  "secret",
  "events",
  "since",
  "until",
  "include",
  "data",
  "type",
  "name",
];
const field = fc.oneof(
  fc.constantFrom(...names, "event_type", "customer_id", "id", "page_size", "cursor", "role"),
  text,
);
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  text,
  fc.double(),
  fc.constantFrom("search_completed", "2026-01-01T00:00:00Z"),
);
const input = fc.oneof(fc.dictionary(field, value, { maxKeys: 8 }), value);

const segment = text.map((raw) => raw.replaceAll(/[/?#]/g, "%"));
const query = fc.array(
  fc.tuple(fc.constantFrom("page_size", "cursor", "status", "since", "type", "event_type"), text),
  { maxLength: 3 },
);

// No worker runs here, which a test of a webhook may say.
const isFault = (status: number) => status >= 500 && status !== 503;

describe("no input, however malformed, is a fault of ours", () => {
  test("over REST", async () => {
    const call = fc.record({
      route: fc.constantFrom(...routes),
      method: fc.constantFrom("", "", "", "PUT", "HEAD", "OPTIONS"),
      id: fc.option(segment, { freq: 2 }),
      query,
      body: fc.oneof(
        input.map((json) => JSON.stringify(json)),
        text,
        fc.constant(undefined),
      ),
      type: fc.constantFrom(
        "application/json",
        "application/json",
        "text/plain",
        "application/json; charset=latin1",
      ),
      key: fc.nat(),
      customer: fc.option(fc.constantFrom("", "nobody", "%", "é")),
    });
    await fc.assert(
      fc.asyncProperty(call, async ({ route, id, query, body, type, key, customer, ...rest }) => {
        const method = rest.method || route.method;
        const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => id ?? known[name] ?? "");
        const search = query.map(([name, value]) => `${name}=${value.replaceAll(/[#&]/g, "%")}`).join("&");
        const headers = { "content-type": type, "x-customer-id": customer ?? known.customer_id ?? "" };
        const hasBody = !["GET", "HEAD"].includes(method);
        const asked = { key: keys[key % 2] ?? null, headers, ...(hasBody && { body: body ?? "" }) };
        const { status } = await handleRest(toRequest(method, `${path}?${search}`, asked));
        expect(isFault(status), `${status} ${method} ${path}`).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  const procedures = Object.entries(
    appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>,
  );
  // What a subscription is asked is read like every other input.
  const calls = procedures.filter(([, { _def }]) => _def.type !== "subscription");
  test.each(calls)("in %s", async (name, { _def: { type } }) => {
    const callers = [
      { key: keys[0], headers: { "x-customer-id": known.customer_id ?? "" } },
      { key: null, headers: { cookie, origin: publicUrl } },
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(input, fc.constant(known)),
        fc.constantFrom(...callers),
        async (given, caller) => {
          const json = type === "mutation" ? { json: given } : {};
          const search = type === "query" ? `?input=${encodeURIComponent(JSON.stringify(given))}` : "";
          const method = type === "mutation" ? "POST" : "GET";
          const response = await handleTrpc(
            toRequest(method, `/api/trpc/${name}${search}`, { ...caller, ...json } as never),
          );
          expect(isFault(response.status), `${response.status}`).toBe(false);
        },
      ),
      { numRuns: 20 },
    );
  });
});
