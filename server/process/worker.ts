import { parseCidr } from "@/domain/network/address";
import { createEngine } from "../engine/engine";
import { createSender } from "../engine/send";
import { deadWorkerWatch, endDeadWorkers } from "./dead-workers";
import type { Env } from "./env";
import { prepare } from "./prepare";
import { markOf } from "./process-mark";
import { isSupervised, runRole, type Started } from "./role";
import { prepareStore, startCore } from "./runtime";

const watchEveryMs = 5_000;

// A supervisor's first worker prepares for every role: a process of its own would load the same once more.
if (isSupervised && process.argv.includes("prepare")) await prepare();
await runRole(startWorker);

/** A delivery worker: claims, sends, records, until it is stopped; then it drains. */
async function startWorker(env: Env): Promise<Started> {
  if (!isSupervised) await prepareStore(env, "one role");
  const core = await startCore(env);
  await endDeadWorkers(core.store);
  const workerId = core.newId();
  const sender = createSender({
    timeoutMs: env.deliveryTimeoutMs,
    allow: env.deliveryAllowCidrs.flatMap((range) => parseCidr(range) ?? []),
  });
  const engine = createEngine({ ...env, ...core, sender, workerId, mark: markOf(process.pid) });
  await engine.start();
  const watch = deadWorkerWatch(core.store);
  const watching = setInterval(() => {
    watch().catch((err) => core.log.error({ err }, "Dead workers could not be looked for"));
  }, watchEveryMs);
  process.stdout.write(`Worker ${workerId} is ready\n`);

  return {
    async stop() {
      clearInterval(watching);
      await engine.stop();
      await sender.close();
      await core.store.close();
    },
  };
}
