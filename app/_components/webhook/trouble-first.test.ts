import { expect, test } from "vitest";
import { inOrder, troubleFirst } from "./trouble-first";
import type { Webhook } from "./types";

const webhook = (id: string, state: Webhook["health"]["state"], more: Partial<Webhook> = {}) =>
  ({ id, is_active: true, disabled_reason: null, health: { state }, ...more }) as Webhook;
const idsOf = (webhooks: Webhook[]) => webhooks.map(({ id }) => id).join(" ");

const all = [
  webhook("newest", "healthy"),
  webhook("off", "failing", { is_active: false }),
  webhook("some", "degraded"),
  webhook("gone", "failing", { is_active: false, disabled_reason: "It answered 410." }),
  webhook("down", "failing"),
  webhook("oldest", "healthy"),
];

test("what fails and what was switched off for it come first, then what fails in part, and what is off last", () => {
  expect(idsOf(troubleFirst(all))).toBe("gone down some newest oldest off");
});

test("an order holds for the same webhooks, however they fare, and ends with another set of them", () => {
  const order = ["oldest", "down", "newest"];
  const held = all.filter(({ id }) => order.includes(id));
  expect(idsOf(inOrder(held, order))).toBe("oldest down newest");
  expect(idsOf(inOrder(all, order))).toBe("gone down some newest oldest off");
  expect(idsOf(inOrder(held.slice(1), order))).toBe("down oldest");
});
