import { expect, test } from "vitest";
import { cursorOf } from "@/domain/agent/cursor";
import { agentScene } from "../../contract/agents.kit";
import { day, type Open, runBy } from "../../contract.kit";
import { type Connection, connect } from "../connection/connection";
import { makeDatabase } from "../open.kit";
import { whileOlderAreLocked } from "../read/older-days.kit";
import { postgresStore } from "../store";

// As read/one-day has it of all else: no partition is touched but that of the events that are meant.

let connection: Connection;
const open: Open = async (clock) => {
  connection = connect({ url: await makeDatabase(), ...runBy(clock) });
  return postgresStore(connection);
};
const scene = agentScene(open);
const { store, clock, customer, subscribe, publishSearch, turn } = scene;

/** Prepared statements have a plan of their own after a few times. */
const often = 20;

test("what is published for agents, replayed to them and told of them is read and written in its days alone", () =>
  whileOlderAreLocked(connection, scene, async () => {
    const at = clock.now;
    const { id } = await subscribe({ termMs: day });
    for (let times = 0; times < often; times += 1) {
      const event = await publishSearch();
      expect((await turn(200)).map((claim) => claim.event.id)).toContain(event);
      expect(await store.traceForAgents(customer, event)).toMatchObject([
        { delivery: { status: "delivered" } },
      ]);
    }
    const other = await subscribe({ detail: "full", termMs: day });
    const range = { cursor: cursorOf({ key: 0, at }), maxAgeMs: null, retentionMs: 30 * day };
    expect(await store.replayEvents(customer, other.id, range)).toEqual({
      replayed: often + 3, // and what was published before the others were locked
      isTruncated: false,
    });
    expect(await store.replayEvents(customer, id, range)).toMatchObject({ replayed: 3 });
  }));
