import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { openStore } from "@/db/open";
import { endDeadWorkers } from "./dead-workers";

test("workers whose process is gone end; one that lives stays", async () => {
  const { store } = openStore({ dataDir: ":memory:", clock: Date.now });
  const living = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const gone = spawn(process.execPath, ["-e", ""]);
  await once(gone, "exit");
  try {
    await store.beat({ id: "living", pid: living.pid ?? 0, keyIds: [] });
    await store.beat({ id: "gone", pid: gone.pid ?? 0, keyIds: [] });
    await store.beat({ id: "had this process's number", pid: process.pid, keyIds: [] });

    expect(await endDeadWorkers(store)).toEqual(
      expect.arrayContaining(["gone", "had this process's number"]),
    );
    expect((await store.listWorkers()).map(({ id }) => id)).toEqual(["living"]);
  } finally {
    living.kill();
    await store.close();
  }
});
