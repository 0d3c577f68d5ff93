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
    await store.beat("living", living.pid ?? 0);
    await store.beat("gone", gone.pid ?? 0);
    await store.beat("had this process's number", process.pid);

    expect(await endDeadWorkers(store)).toEqual(
      expect.arrayContaining(["gone", "had this process's number"]),
    );
    expect((await store.listWorkers()).map(({ id }) => id)).toEqual(["living"]);
  } finally {
    living.kill();
    await store.close();
  }
});
