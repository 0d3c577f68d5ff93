import { expect, test } from "vitest";
import type { Operation } from "@/server/api/openapi/types";
import { type ApiCall, missingIn, requestOf, textOf } from "./request-of";

const parameter = (place: "path" | "query" | "header", name: string) => ({
  name,
  in: place,
  required: place === "path",
  schema: { type: "string" as const },
});

const operation: Operation = {
  operationId: "webhooks.test",
  summary: "Send a test event",
  tags: [],
  parameters: [
    parameter("path", "webhook_id"),
    parameter("query", "status"),
    parameter("query", "cursor"),
    parameter("header", "Idempotency-Key"),
  ],
  requestBody: { required: true, content: { "application/json": { schema: {} } } },
  responses: {},
  "x-access": "change",
};
const call: ApiCall = { method: "POST", path: "/webhooks/{webhook_id}/test", operation };
const key = { by: "key", key: "fk_secret", customerId: "" } as const;

test("a key makes the call itself, with what was filled in and nothing else", () => {
  expect(requestOf(call, { webhook_id: "a/b", status: "failed", cursor: "" }, '{"a":1}', key)).toEqual({
    method: "POST",
    target: "/webhooks/a%2Fb/test?status=failed",
    url: "/webhooks/a%2Fb/test?status=failed",
    headers: { "X-API-KEY": "fk_secret", "Content-Type": "application/json" },
    body: '{"a":1}',
  });
});

test("a session makes it through its own door, and sends no key", () => {
  const request = requestOf(call, { webhook_id: "a" }, " ", { by: "session" });
  expect(request).toMatchObject({ url: "/api/try/webhooks/a/test", headers: {}, body: null });
});

test("the platform's key names the customer", () => {
  const { headers } = requestOf(call, { webhook_id: "a" }, "", { ...key, customerId: "northwind" });
  expect(headers).toMatchObject({ "X-Customer-Id": "northwind" });
});

test("other headers are sent when they are filled in", () => {
  const { headers } = requestOf(call, { webhook_id: "a", "Idempotency-Key": "once" }, "", { by: "session" });
  expect(headers).toEqual({ "Idempotency-Key": "once" });
});

test("what a path needs is missed, and what a query may have is not", () => {
  expect(missingIn(call, { status: "failed" })).toEqual(["webhook_id"]);
  expect(missingIn(call, { webhook_id: "a" })).toEqual([]);
});

test("what is shown of a request has no key in it", () => {
  const text = textOf(requestOf(call, { webhook_id: "a" }, "{}", key));
  expect(text).toBe("POST /webhooks/a/test\nX-API-KEY: …\nContent-Type: application/json\n\n{}");
});
