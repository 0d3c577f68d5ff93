import { describe, expect, test } from "vitest";
import { auditActionNames } from "@/domain/audit/action";
import { actionLabels, actorName, changeLines, deedOf } from "./audit-words";
import type { AuditEntry, Change } from "./types";

const by = { kind: "member", id: "1", name: "Ann", email: null, address: null, user_agent: null } as const;
const entry = (
  action: AuditEntry["action"],
  changes: Change[] = [],
  who: AuditEntry["by"] = by,
): AuditEntry => ({
  id: "0",
  at: "2026-01-01T00:00:00.000Z",
  action,
  subject: { kind: "webhook", id: "w", name: "https://receiver.example" },
  changes,
  by: who,
});

test("every action is called something, and says what was done", () => {
  for (const action of auditActionNames) {
    expect(actionLabels[action]).toMatch(/^[A-Z]/);
    expect(deedOf(entry(action, [{ field: "description", from: null, to: "x" }])), action).toMatch(/^[a-z]/);
  }
});

describe("an edit", () => {
  test("names what it changed", () => {
    const url = { field: "webhook_url", from: "https://a.example", to: "https://b.example" };
    const events = { field: "events", from: ["x", "y"], to: ["y", "z"] };
    const secret = { field: "secret", from: "hidden", to: "hidden" };
    expect(deedOf(entry("webhook.updated", [url]))).toBe("changed the URL");
    expect(deedOf(entry("webhook.updated", [url, events, secret]))).toBe(
      "changed the URL and the events, and replaced the secret",
    );
    expect(changeLines(entry("webhook.updated", [url, events, secret]))).toEqual([
      { field: "webhook_url", from: "https://a.example", to: "https://b.example" },
      { field: "events_removed", from: "x", to: null },
      { field: "events_added", from: null, to: "z" },
    ]);
  });

  test.each([
    [null, "hidden", "set a secret"],
    ["hidden", "hidden", "replaced the secret"],
    ["hidden", null, "removed the secret"],
  ])("of a secret from %s to %s says so", (from, to, words) => {
    expect(deedOf(entry("webhook.updated", [{ field: "secret", from, to }]))).toBe(words);
  });
});

test("what Fanfare does by its rules is said to be its own", () => {
  const system = { ...by, kind: "system", id: "system", name: null } as const;
  const off = entry(
    "webhook.switched_off",
    [{ field: "reason", from: null, to: "It answered 410." }],
    system,
  );
  expect(actorName(off.by)).toBe("Fanfare");
  expect(deedOf(off)).toBe("switched the webhook off by its rules");
  expect(changeLines(off)).toEqual([{ field: "reason", from: null, to: "It answered 410." }]);
});

test("what is counted is in the words, and not said twice", () => {
  const cancelled = entry("webhook.pending_cancelled", [{ field: "count", from: null, to: 1 }]);
  expect(deedOf(cancelled)).toBe("cancelled 1 pending delivery");
  expect(changeLines(cancelled)).toEqual([]);
});
