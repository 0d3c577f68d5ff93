import { expect, test } from "vitest";
import { diagnose } from "./diagnose";
import { answered } from "./evidence.fixture";

const told = (status: number, body: string) => diagnose(answered(status, {}, body));

test.each<[number, string, string]>([
  [
    400,
    '{"message":"JSON parse error: Cannot deserialize value of type `java.lang.Long` from String"}',
    "field_of_other_type",
  ],
  [400, "json: cannot unmarshal string into Go struct field .event_id of type int\n", "field_of_other_type"],
  [
    422,
    '{"detail":[{"loc":["body","event_id"],"msg":"value is not a valid integer","type":"type_error.integer"}]}',
    "field_of_other_type",
  ],
  [400, '{"error":"Unexpected end of JSON input"}', "body_unreadable"],
  [500, "InternalServerError: stream is not readable", "body_read_already"],
  [400, "Missing event", "event_not_found_in_body"],
  [400, '{"error":"Unknown event type"}', "event_type_not_handled"],
  [400, '{"error":"Invalid event type: search_completed","success":false}', "event_type_not_handled"],
  [400, '{"error":"Missing event type field"}', "refused_400"],
])("%i %s", (status, body, code) => {
  expect(told(status, body).code).toBe(code);
});

test("a field of another type is no body that nobody could read", () => {
  const found = told(400, "JSON parse error: Cannot deserialize value of type `long`");
  expect(found.causes.map(({ code }) => code)).not.toContain("body_unreadable");
});

test("a type that is not handled needs no content that is checked less", () => {
  expect(told(400, "Unknown event type").nextStep).toMatch(/2xx to types .*filter/);
});

test.each<[number, Record<string, string>, string]>([
  [429, {}, "we send no faster than it takes"],
  [429, { "retry-after": "30" }, "we wait as asked"],
  [403, {}, "Answer 429 instead"],
])("%i with %o says of a limit what we do about it", (status, headers, words) => {
  expect(diagnose(answered(status, headers, "rate limit")).nextStep).toContain(words);
});
