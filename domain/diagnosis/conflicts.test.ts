import { expect, test } from "vitest";
import { diagnose } from "./diagnose";
import type { EarlierAttempt, Evidence } from "./evidence";
import { answered } from "./evidence.fixture";

const before = (change: Partial<EarlierAttempt>): EarlierAttempt => ({
  statusCode: null,
  errorCode: "http_status",
  isReused: false,
  durationMs: 20,
  ...change,
});
const failed = before({ statusCode: 500 });
const timedOut = before({ errorCode: "response_timeout", durationMs: 30_000 });
const gatewayTimedOut = before({ statusCode: 504, durationMs: 60_000 });
const neverReached = before({ errorCode: "connect_refused" });

const after = (earlier: EarlierAttempt[], status: number, body: string): Evidence =>
  answered(status, {}, body, { history: { earlier, others: [] } });
const told = (evidence: Evidence) => {
  const { confidence, causes } = diagnose(evidence);
  return [confidence, ...causes.map(({ code }) => code)];
};

test.each<[string, EarlierAttempt[], string]>([
  ["words of a duplicate", [failed], '{"error":"duplicate event"}'],
  ["no words", [failed], ""],
  ["no words but the status's", [failed], '{"statusCode":409,"message":"Conflict"}'],
  ["an earlier 409", [before({ statusCode: 409 }), failed], "already exists"],
])("a 409 after the application's 500, with %s, is certain", (_, earlier, body) => {
  expect(told(after(earlier, 409, body))).toEqual(["certain", "stored_before_done"]);
});

test.each<[string, EarlierAttempt[], number, string]>([
  ["our timeout", [timedOut], 409, '{"error":"already processed"}'],
  ["a proxy's timeout", [gatewayTimedOut], 409, ""],
  ["a 500 and a timeout", [timedOut, failed], 409, "duplicate"],
  [
    "a proxy's timeout, in Rails' words",
    [gatewayTimedOut],
    422,
    '{"errors":{"event_id":["has already been taken"]}}',
  ],
  ["our timeout, with 400", [timedOut], 400, '{"error":"Event evt_01 already processed"}'],
])("after %s the work may have been done", (_, earlier, status, body) => {
  expect(told(after(earlier, status, body)).slice(0, 3)).toEqual([
    "likely",
    "done_but_too_late",
    "stored_before_done",
  ]);
});

test.each([
  "E11000 duplicate key error collection: app.events index: event_id_1",
  "Unique constraint failed on the fields: (`event_id`)",
  'duplicate key value violates unique constraint "events_pkey"',
])("a 500 after a 500 that says %s is likely an id that was stored too early", (words) => {
  const found = told(after([failed], 500, words));
  expect(found.slice(0, 2)).toEqual(["likely", "stored_before_done"]);
  expect(told(after([], 500, words)).slice(0, 2)).toEqual(["likely", "conflict"]);
});

test.each<[string, EarlierAttempt[], string]>([
  ["a connection that was refused", [neverReached], "duplicate"],
  ["a name that was not found", [before({ errorCode: "dns_error" })], "duplicate"],
  ["a 401", [before({ statusCode: 401 })], "duplicate"],
  ["a delivery", [before({ statusCode: 200, errorCode: null }), failed], "duplicate"],
  ["a 500, with words of a state", [failed], "Order is not in state open"],
  ["a 503, with words of a lock", [before({ statusCode: 503 })], "Customer is locked by another job"],
  ["a 500, with words of a version", [failed], "version conflict, please retry"],
])("a 409 after %s is a conflict", (_, earlier, body) => {
  expect(told(after(earlier, 409, body))).toEqual(["likely", "conflict"]);
});

test("no id is to be removed before it is known whether its work was done", () => {
  for (const earlier of [[failed], [timedOut]])
    expect(diagnose(after(earlier, 409, "duplicate")).nextStep).toMatch(
      /whether .* was done before you remove/,
    );
});
