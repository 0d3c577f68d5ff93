import { expect, test } from "vitest";
import { customerLimits } from "@/domain/limits";
import type { Webhook } from "./types";
import { usedWords } from "./used-words";

const of = customerLimits.webhooks;
const plain: Pick<Webhook, "listener"> = { listener: null };
const listening = (is_connected: boolean): Pick<Webhook, "listener"> => ({
  listener: { name: "ada", forwards_to: "http://localhost", is_connected, last_heard_at: "", expires_at: "" },
});

test("the places that are taken are counted, and those that a listener keeps while it is away are named", () => {
  expect(usedWords([])).toBe(`0 of ${of}`);
  expect(usedWords([plain, listening(true)])).toBe(`2 of ${of}`);
  expect(usedWords([plain, listening(false)])).toBe(`2 of ${of}, 1 by a listener that is away`);
  expect(usedWords([listening(false), listening(false)])).toBe(`2 of ${of}, 2 by listeners that are away`);
});
