import { expect, test } from "vitest";
import { webhookScene } from "../../contract/scene.kit";
import { minute, type Open, runBy } from "../../contract.kit";
import { type Connection, connect } from "../connection/connection";
import { makeDatabase } from "../open.kit";
import { postgresStore } from "../store";
import { whileOlderAreLocked } from "./older-days.kit";

// Each of these would wait for a partition that it touches, if only to plan: so it touches no other day's.

let connection: Connection;
const open: Open = async (clock) => {
  connection = connect({ url: await makeDatabase(), ...runBy(clock) });
  return postgresStore(connection);
};
const scene = webhookScene(open);
const { store, clock, customer, webhook, publish, claim, turn } = scene;

/** Prepared statements have a plan of their own after a few times. */
const often = 20;

test("publishing, claims and records touch the days of their events alone", () =>
  whileOlderAreLocked(connection, scene, async () => {
    for (let times = 0; times < often; times += 1) {
      await publish(2);
      expect((await turn(times % 2 === 0 ? 200 : 500)).length).toBeGreaterThan(0);
      clock.now += 10 * minute;
    }
    await publish(2);
    expect(await claim({ workerId: "lost" })).not.toEqual([]);
    clock.now += minute;
    expect((await turn(200)).map(({ number }) => number)).toContain(2);
  }));

test("an event, a delivery and pages of them are read from their days alone", () =>
  whileOlderAreLocked(connection, scene, async () => {
    const [id = ""] = await publish(4);
    await turn(200);
    for (let times = 0; times < often; times += 1) {
      expect((await store.getEvent(customer, id))?.traces).toHaveLength(1);
      expect((await store.getDelivery(customer, webhook, id))?.attempts).toHaveLength(1);
      expect((await store.listEvents(customer, { pageSize: 3 })).items).toHaveLength(3);
      const page = await store.listDeliveries(customer, { content: true, pageSize: 3 });
      expect(page?.items.map(({ content }) => content?.payload !== undefined)).toEqual([true, true, true]);
    }
  }));
