import { afterAll, expect, test } from "vitest";
import type { Clock } from "@/db/contract.kit";
import { openWithConnection } from "@/db/postgres/open.kit";
import { postgresStore } from "@/db/postgres/store";
import type { Store } from "@/db/store";
import { bundleSimulation } from "./bundle.mjs";
import { inNamesOf, Names, replay } from "./differential";
import { runSeeds } from "./run.mjs";
import type { TapedCall } from "./tape";

// What histories asked of the SQLite store is asked of the Postgres store, call by call: it answers the same.

/** Histories, and the steps of each: a taped one takes seconds here, and some of them on Postgres. */
const seeds = [1, 2, 3, 4, 5, 6];
const steps = 150;

const opened: { store: Store }[] = [];
afterAll(async () => {
  for (const { store } of opened) await store.close();
});

async function tape(first: number, count: number): Promise<Map<number, TapedCall[]>> {
  const tapes = new Map<number, TapedCall[]>();
  const options = { first, count, steps, isTaped: true };
  await runSeeds(await bundleSimulation(), options, ({ seed, tape }: { seed: number; tape: TapedCall[] }) => {
    tapes.set(seed, tape);
    return false;
  });
  return tapes;
}

const tapes = await tape(seeds[0] as number, seeds.length);

test.each(seeds)("Postgres answers as SQLite did, history %i", async (seed) => {
  const calls = tapes.get(seed) ?? [];
  expect(calls.length).toBeGreaterThan(500);
  const clock: Clock = { now: calls[0]?.at ?? 0, jumpedMs: 0, doubts: [] };
  const { store, connection } = await openWithConnection(clock);
  opened.push({ store });
  const processes = new Map<string, Store>();
  const names = new Names();
  for (const [index, call] of calls.entries()) {
    Object.assign(clock, { now: call.at, jumpedMs: call.at - call.elapsedMs });
    const process = processes.get(call.process) ?? postgresStore(connection);
    processes.set(call.process, process);
    const answer = await replay(process, call, names).then(
      (result) => ({ result }),
      () => ({ threw: true }),
    );
    if (!("result" in call) && !call.threw) continue; // its process was killed first
    const asSqlite = call.threw
      ? { threw: true }
      : { result: inNamesOf(call.result, (answer as { result?: unknown }).result, names) };
    expect(answer, `call ${index}, ${call.verb}(${JSON.stringify(call.args).slice(0, 300)})`).toEqual(
      asSqlite,
    );
  }
});
