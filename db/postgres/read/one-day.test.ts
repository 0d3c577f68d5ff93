import { expect, test } from "vitest";
import { webhookScene } from "../../contract/scene.kit";
import { day, minute, type Open, runBy } from "../../contract.kit";
import { type Connection, connect } from "../connection/connection";
import { makeDatabase } from "../open.kit";
import { dayOf } from "../schema/day";
import { postgresStore } from "../store";

// Each of these would wait for a partition that it touches, if only to plan: so it touches no other day's.

let connection: Connection;
const open: Open = async (clock) => {
  connection = connect({ url: await makeDatabase(), ...runBy(clock) });
  return postgresStore(connection);
};
const { store, clock, customer, webhook, publish, claim, turn } = webhookScene(open);

/** Prepared statements have a plan of their own after a few times. */
const often = 20;

/** Makes a past of several days, of which all but the last two are locked for as long as `body` runs. */
async function whileOlderAreLocked(body: () => Promise<void>): Promise<void> {
  await publish(3); // before any day was made
  for (let days = 0; days < 4; days += 1) {
    await turn(200);
    clock.now += day;
    while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
    await publish(3);
  }
  const today = dayOf(clock.now);
  const others = ["default", today - 3, today - 2].flatMap((name) => [
    `payloads_${name}`,
    `attempts_${name}`,
  ]);
  const locking = await connection.pool.connect();
  try {
    await locking.query(`begin; lock table ${others.join()} in access exclusive mode`);
    await body();
  } finally {
    await locking.query("rollback");
    locking.release();
  }
}

test("publishing, claims and records touch the days of their events alone", () =>
  whileOlderAreLocked(async () => {
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
  whileOlderAreLocked(async () => {
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
