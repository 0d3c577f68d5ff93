import { parseCidr } from "@/domain/network/address";
import { isStoreAway } from "@/domain/store-away";
import { unsubscribePath } from "../auth/mail-links";
import { createEngine } from "../engine/engine";
import { createSender } from "../engine/send";
import { sendDigests } from "../mail/digests";
import { createMailer } from "../mail/mailer";
import { deadWorkerWatch, endDeadWorkers } from "./dead-workers";
import { atPort, type Env } from "./env";
import { endWhenOutdated } from "./outdated";
import { freePort } from "./port";
import { markOf } from "./process-mark";
import { proxyNews } from "./proxy-news";
import { isSupervised, runRole, type Started } from "./role";
import { startCore } from "./runtime";
import type { Told } from "./told";

const watchEveryMs = 5_000;

/** The first worker of a supervisor prepares for every role: a process of its own would load the same once more. */
const preparesAll = isSupervised && process.argv.includes("prepare");

await runRole(startWorker);

/** A delivery worker: claims, sends, records, until it is stopped; then it drains. */
async function startWorker(given: Env): Promise<Started> {
  const env = preparesAll ? atPort(given, await freePort(given)) : given;
  const core = await startCore(env, preparesAll ? "every role" : isSupervised ? undefined : "one role");
  if (preparesAll) tellPrepared(env);
  await endDeadWorkers(core.store);
  const workerId = core.newId();
  const sender = createSender({
    timeoutMs: env.deliveryTimeoutMs,
    allow: env.deliveryAllowCidrs.flatMap((range) => parseCidr(range) ?? []),
    proxy: env.deliveryProxy,
    onProxy: proxyNews(core.log),
  });
  const engine = createEngine({ ...env, ...core, sender, workerId, mark: markOf(process.pid) });
  await engine.start();
  const endLooking = endWhenOutdated(core);
  const mails = env.mail && env.publicUrl ? startMails(core, env.mail, env.publicUrl) : null;
  const watch = deadWorkerWatch(core.store);
  const watching = setInterval(() => {
    watch().catch((err) => {
      if (!isStoreAway(err)) core.log.error({ err }, "Dead workers could not be looked for");
    });
  }, watchEveryMs);
  process.stdout.write(`Worker ${workerId} is ready\n`);

  return {
    async stop() {
      clearInterval(watching);
      await mails?.stop();
      await engine.stop();
      await sender.close();
      endLooking();
      await core.store.close();
    },
  };
}

/** What members want to hear of webhooks goes out beside deliveries. */
function startMails(
  { env, store, log }: Awaited<ReturnType<typeof startCore>>,
  mail: NonNullable<Env["mail"]>,
  site: string,
) {
  const mailer = createMailer(mail);
  const unsubscribeUrl = (userId: string) => `${site}${unsubscribePath(env, userId)}`;
  const stopSending = sendDigests({ store, log, mailer, site, unsubscribeUrl });
  return {
    async stop() {
      await stopSending();
      mailer.close();
    },
  };
}

function tellPrepared(env: Env): void {
  const { host, port, dataDir, databaseUrl, deliveryTimeoutMs } = env;
  const url = env.publicUrl ?? env.localUrl;
  const where =
    databaseUrl === null
      ? `Data and keys are in ${dataDir}`
      : `Data is in Postgres; keys that are not given are in ${dataDir}`;
  process.send?.({ prepared: { host, port, url, where, deliveryTimeoutMs } } satisfies Told);
}
