import { expect, test } from "vitest";
import { answered } from "./evidence.fixture";
import { hintOf } from "./hints";

test.each<[string, string | null]>([
  ['{"success":false,"message":"Unknown event type"}', "says_failed"],
  ['{"ok":false}', "says_failed"],
  ['{"error":true}', "says_failed"],
  ['{"status":"error"}', "says_failed"],
  ['{"error":"invalid signature","ok":false}', "says_refused"],
  ["<html><title>Maintenance</title>We will be back soon", "says_maintenance"],
  ["We are down for maintenance", "says_maintenance"],
  ["This service is temporarily unavailable.", "says_maintenance"],
  ['{"success":true,"error":false}', null],
  ['{"result":{"ok":false}}', null],
  ['{"state":"maintenance mode"}', null],
  ["Maintenance order stored", null],
])("200 %s", (body, code) => {
  expect(hintOf(answered(200, {}, body))?.code ?? null).toBe(code);
});
