import type { customerScene } from "../../contract/scene.kit";
import { day } from "../../contract.kit";
import type { Connection } from "../connection/connection";
import { dayOf } from "../schema/day";

/** Makes a past of several days, of which all but the last two are locked for as long as `body` runs. */
export async function whileOlderAreLocked(
  connection: Connection,
  { store, clock, publish, turn }: ReturnType<typeof customerScene>,
  body: () => Promise<void>,
): Promise<void> {
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
