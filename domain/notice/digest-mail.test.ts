import { expect, test } from "vitest";
import { digestMail, type Told } from "./digest-mail";

const links = { site: "https://hooks.example.com", unsubscribe: "https://hooks.example.com/unsubscribe/t" };
const cause = {
  code: "unavailable",
  confidence: "likely",
  meaning: "It is down.",
  next_step: "Look.",
} as const;
const minute = (n: number) => new Date(Date.UTC(2026, 2, 19, 2, n)).toISOString();
const failing = (n: number) => ({ kind: "failing", at: 0, data: { started_at: minute(n), cause } }) as const;
const recovered = (from: number, to: number, held_count = 3) =>
  ({
    kind: "recovered",
    at: 0,
    data: { started_at: minute(from), ended_at: minute(to), held_count },
  }) as const;
const told = (notices: Told["notices"], description = "CRM"): Told => ({
  id: description,
  url: "https://crm.example/",
  description,
  notices,
});
const linesOf = (notices: Told["notices"]) => {
  const { text } = digestMail("Northwind", [told(notices)], links);
  return text.split("\n").flatMap((line) => (line.startsWith("  ") ? [line.trim()] : []));
};

test("an incident that began and ended since the last mail is one line", () => {
  expect(linesOf([failing(1), recovered(1, 6)])).toEqual([
    "It failed from 2026-03-19 02:01 to 2026-03-19 02:06. 3 deliveries waited, and go out now. It is down. Look.",
  ]);
});

test("one that the last mail told of is told to be over", () => {
  expect(linesOf([recovered(1, 6, 1)])).toEqual([
    "It failed from 2026-03-19 02:01 to 2026-03-19 02:06. 1 delivery waited, and goes out now.",
  ]);
});

test("an endpoint that flaps is told of in two lines, however often it did", () => {
  const flaps = Array.from({ length: 9 }, (_, n) => [failing(n), recovered(n, n)]).flat();
  const lines = linesOf([...flaps, failing(10)]);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toBe("It failed 10 times since 2026-03-19 02:00.");
  expect(lines[1]).toContain("It fails since 2026-03-19 02:10");
});

test.each<[string, Told["notices"][]]>([
  ["CRM is failing", [[failing(1)]]],
  ["CRM works again", [[failing(1), recovered(1, 2)]]],
  ["CRM was switched off", [[failing(1), { kind: "disabled", at: 0, data: { reason: "410." } }]]],
  ["CRM needs a look", [[{ kind: "slow", at: 0, data: { p95_ms: 9_120 } }]]],
  [
    "CRM may be switched off soon",
    [[{ kind: "disabling_soon", at: 0, data: { earliest_at: minute(1), failures_left: 2 } }]],
  ],
  ["1 of 2 webhooks: is failing", [[recovered(1, 2)], [failing(3)]]],
])("the subject says what is still so: %s", (subject, webhooks) => {
  const all = webhooks.map((notices, index) => told(notices, index === 0 ? "CRM" : "Billing"));
  expect(digestMail("Northwind", all, links).subject).toBe(subject);
});
