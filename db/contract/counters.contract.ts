import { expect, test } from "vitest";
import type { Open } from "../contract.kit";
import { webhookScene } from "./scene.kit";

/** The numbers of the charts. */
export function counters(open: Open): void {
  const { store, customer, publish, turn } = webhookScene(open);

  test("the charts' numbers are those of the attempts", async () => {
    await publish(3);
    await turn(200);
    await publish();
    await turn("timeout");
    const rollups = await store.listRollups(customer, 0, "hour");
    const sum = (name: "delivered" | "failed") =>
      rollups.reduce((total, { counters }) => total + counters[name], 0);
    expect([sum("delivered"), sum("failed")]).toEqual([3, 1]);
    expect(rollups[0]?.counters.codes).toMatchObject({ 200: 3 });
  });
}
