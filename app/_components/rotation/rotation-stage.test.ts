import { expect, test } from "vitest";
import { type Rotation, type RotationStage, rotationStage } from "./rotation-stage";

const now = Date.UTC(2026, 0, 8);
const at = (ms: number) => new Date(now + ms).toISOString();
const old: Rotation = { rotated_at: at(-1_000), until: at(1_000), signs_with: "previous", switched_at: null };
const switched: Rotation = { ...old, signs_with: "current", switched_at: at(-500) };

const well = { status: "active", last_delivery_status: 200 } as const;
const refusing = { status: "failing", last_delivery_status: 401 } as const;
const down = { status: "failing", last_delivery_status: null } as const;

test.each<[string, Rotation | null, Parameters<typeof rotationStage>[2], RotationStage | null]>([
  ["no secret ever changed", null, refusing, null],
  ["it was replaced at once", { ...switched, until: null }, well, null],
  ["the old one is taken", old, well, "old"],
  ["the new one is taken", switched, well, "switched"],
  ["neither is", old, refusing, "neither"],
  ["nor after a switch", switched, refusing, "neither"],
  ["the endpoint is down, which says nothing of secrets", old, down, "old"],
  ["the overlap ends at this moment, unseen", { ...old, until: at(0) }, refusing, "late"],
  ["the overlap is over, after the switch", { ...switched, until: at(-1) }, well, null],
])("%s", (_, rotation, webhook, stage) => {
  expect(rotationStage(rotation, now, webhook)).toBe(stage);
});
