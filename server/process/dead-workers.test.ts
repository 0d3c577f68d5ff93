import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "@/db/open";
import type { ProcessMark, Store } from "@/db/store";
import { StoreAway } from "@/domain/store-away";
import { deadWorkerWatch, endDeadWorkers } from "./dead-workers";
import { markOf } from "./process-mark";

const clock = { now: Date.UTC(2026, 0, 1) };
let store: Store;
beforeEach(async () => {
  ({ store } = await openStore({ dataDir: ":memory:", clock: () => clock.now }));
});
afterEach(() => store.close());

const heartbeat = (id: string, mark: ProcessMark) => store.heartbeat({ id, ...mark, keyIds: [] });
const left = async () => (await store.listWorkers()).map(({ id }) => id).sort();
const own = markOf(process.pid);

test("workers whose process is gone end at once; one that lives stays, also when it is silent", async () => {
  const living = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const gone = spawn(process.execPath, ["-e", ""]);
  const goneMark = markOf(gone.pid ?? 0);
  await once(gone, "exit");
  try {
    await heartbeat("living", markOf(living.pid ?? 0));
    await heartbeat("gone", goneMark);
    clock.now += 60_000;
    const watch = deadWorkerWatch(store);
    expect(await endDeadWorkers(store)).toEqual(["gone"]);
    await watch();
    await watch();
    expect(await left()).toEqual(["living"]);
  } finally {
    living.kill();
  }
});

test("a process that was given the number of a dead one is not taken for it, this one included", async () => {
  await heartbeat("had a living process's number", { ...markOf(process.ppid), startedAt: "1" });
  await heartbeat("had this process's number", { ...own, startedAt: "1" });
  await heartbeat("this one", own);
  await endDeadWorkers(store);
  expect(await left()).toEqual(["this one"]);
});

test("a worker of another container stays while it is heard of, whatever its number says here", async () => {
  const elsewhere = { ...own, host: "another numbering" };
  await heartbeat("has a number that nobody has here", { ...elsewhere, pid: 2 ** 30 });
  await heartbeat("has this process's number", elsewhere);
  await heartbeat("cannot tell where it is", { pid: 2 ** 30, host: "", startedAt: "" });
  const watch = deadWorkerWatch(store);
  for (let looks = 0; looks < 3; looks += 1) {
    clock.now += 9_000;
    await endDeadWorkers(store);
    await watch();
    for (const { heartbeatAgeMs: _, ...worker } of await store.listWorkers()) await store.heartbeat(worker);
  }
  expect(await left()).toHaveLength(3);
});

test("a worker of another container ends once it was not heard of in two looks", async () => {
  await heartbeat("silent", { ...own, host: "another numbering" });
  const watch = deadWorkerWatch(store);
  clock.now += 11_000;
  await watch();
  expect(await left()).toEqual(["silent"]);
  await watch();
  expect(await left()).toEqual([]);
});

test("a clock that jumps ahead makes no worker dead that is heard of after it", async () => {
  const elsewhere = { ...own, host: "another numbering" };
  await heartbeat("living", elsewhere);
  const watch = deadWorkerWatch(store);
  clock.now += 3_600_000;
  await watch();
  await heartbeat("living", elsewhere);
  await watch();
  expect(await left()).toEqual(["living"]);
});

test("looks between which the store was away are not two in a row", async () => {
  const elsewhere = { ...own, host: "another numbering" };
  await heartbeat("living", elsewhere);
  let isAway = false;
  const listWorkers: Store["listWorkers"] = () => {
    if (isAway) throw new StoreAway("away");
    return store.listWorkers();
  };
  const watch = deadWorkerWatch({ ...store, listWorkers });
  clock.now += 11_000;
  await watch();
  isAway = true;
  await expect(watch()).rejects.toThrow("away");
  isAway = false;
  await watch();
  expect(await left()).toEqual(["living"]);
});
