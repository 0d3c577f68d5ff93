import { expect, test } from "vitest";
import { toCsv } from "./export-audit-log";
import type { AuditEntry } from "./types";

const entry: AuditEntry = {
  id: "0197",
  at: "2026-01-01T00:00:00.000Z",
  action: "webhook.updated",
  subject: { kind: "webhook", id: "w", name: "https://b.example" },
  changes: [
    { field: "webhook_url", from: "https://a.example", to: "https://b.example" },
    { field: "events", from: ["x"], to: ["x", "y"] },
    { field: "secret", from: "hidden", to: null },
  ],
  by: { kind: "member", id: "1", name: "=cmd()", email: null, address: "192.0.2.7", user_agent: "Firefox" },
};

test("a file has a line an entry, with its changes in one cell and no formula", () => {
  expect(toCsv([entry]).split("\r\n")).toEqual([
    "at,action,subject_kind,subject_id,subject_name,changes,by_kind,by_id,by_name,by_email,address,user_agent,id",
    "2026-01-01T00:00:00.000Z,webhook.updated,webhook,w,https://b.example," +
      "webhook_url: https://a.example → https://b.example; events: x → x y; secret: hidden → –," +
      "member,1,'=cmd(),,192.0.2.7,Firefox,0197",
    "",
  ]);
});
