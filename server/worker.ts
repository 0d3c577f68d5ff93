import { parseCidr } from "@/server/domain/address";
import { endDeadWorkers } from "./dead-workers";
import { createEngine } from "./engine/engine";
import { createSender } from "./engine/send";
import type { Env } from "./env";
import { isSupervised, runRole, type Started } from "./role";
import { prepareStore, startCore } from "./runtime";

await runRole(startWorker);

/** A delivery worker: claims, sends, records, until it is stopped; then it drains. */
async function startWorker(env: Env): Promise<Started> {
  if (!isSupervised) await prepareStore(env);
  const core = await startCore(env);
  await endDeadWorkers(core.store);
  const workerId = core.newId();
  const sender = createSender({
    timeoutMs: env.deliveryTimeoutMs,
    allow: env.deliveryAllowCidrs.flatMap((range) => parseCidr(range) ?? []),
  });
  const engine = createEngine({ ...env, ...core, sender, workerId, pid: process.pid });
  await engine.start();
  process.stdout.write(`Worker ${workerId} is ready\n`);

  return {
    async stop() {
      await engine.stop();
      await sender.close();
      await core.store.close();
    },
  };
}
