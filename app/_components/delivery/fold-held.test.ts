import { expect, test } from "vitest";
import { foldHeld } from "./fold-held";
import type { Delivery } from "./types";

const delivery = (id: string, webhook_id: string, held: Delivery["held"]) =>
  ({ id, webhook_id, held }) as Delivery;

const rows = (deliveries: Delivery[], unfolded: string[] = []) =>
  foldHeld(deliveries, new Set(unfolded)).map((row) =>
    row.kind === "held" ? `${row.deliveries.length} of ${row.webhookId}` : row.delivery.id,
  );

const many = Array.from({ length: 6 }, (_, index) => delivery(`a${index}`, "a", "breaker"));
const other = delivery("b", "b", null);

test("many that one webhook holds are one row, where the newest of them stands", () => {
  expect(rows([other, ...many.slice(0, 3), other, ...many.slice(3)])).toEqual(["b", "6 of a", "b"]);
});

test("unfolded, they follow their row", () => {
  expect(rows(many, ["a"])).toEqual(["6 of a", "a0", "a1", "a2", "a3", "a4", "a5"]);
});

test("a few stay as they are, and each webhook's are counted by themselves", () => {
  const mixed = [...many.slice(0, 5), delivery("c", "c", "paused")];
  expect(rows(mixed)).toEqual(["a0", "a1", "a2", "a3", "a4", "c"]);
});

test("what waits for a place, or was refused for its content, is no part of it", () => {
  const waiting = many.map((each) => ({ ...each, held: "limit" as const }));
  const refused = many.map((each) => ({ ...each, held: "set_aside" as const }));
  expect(rows([...waiting, ...refused])).toHaveLength(12);
});
