import { expect, test } from "vitest";
import type { Outputs } from "@/app/_trpc/client";
import { countedTitle, failingCount } from "./failing-count";

test("the title counts what fails, and is counted anew", () => {
  expect(countedTitle("Webhooks · Fanfare", 0)).toBe("Webhooks · Fanfare");
  expect(countedTitle("Webhooks · Fanfare", 2)).toBe("(2) Webhooks · Fanfare");
  expect(countedTitle("(2) Webhooks · Fanfare", 11)).toBe("(11) Webhooks · Fanfare");
  expect(countedTitle("(11) Webhooks · Fanfare", 0)).toBe("Webhooks · Fanfare");
});

test("what is off or degraded is not counted", () => {
  const webhook = (state: string, is_active = true) => ({ is_active, health: { state } });
  const webhooks = [webhook("failing"), webhook("failing", false), webhook("degraded"), webhook("healthy")];
  expect(failingCount(webhooks as Outputs["webhooks"]["list"])).toBe(1);
});
