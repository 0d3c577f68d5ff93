import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { cpSync, rmSync } from "node:fs";
import { sampleEvent } from "../events";
import { freezeWorkers } from "../freeze";
import type { Begin, Context, Reading } from "../measurement";
import { machineMs } from "../numbers";
import { addCustomer, type Stage, setStage } from "../stage";

/** `npm start` of what is installed and built, with a delivery that waits in the data folder. */
export const start = ({ builds }: Context): Begin[] =>
  builds.map((build) => async () => {
    const stage = await setStage(build);
    const { id: customer } = await addCustomer(stage, ["/timed/a"]);
    await freezeWorkers(stage);
    const id = randomUUID();
    await stage.platform.publish([sampleEvent(customer, { id })]);
    stage.product.destroy();
    return { name: build.name, round: () => measure(stage, id), end: stage.end };
  });

async function measure(stage: Stage, waiting: string): Promise<Reading[]> {
  const dataDir = `${stage.dataDir}-copy`;
  cpSync(stage.dataDir, dataDir, { recursive: true });
  const { PATH, HOME } = process.env;
  const startedAt = machineMs();
  const child = spawn("npm", ["start"], {
    cwd: stage.build.folder,
    env: { PATH, HOME, NODE_ENV: "production", ...stage.settings, DATA_DIR: dataDir, PORT: "0" },
    stdio: "ignore",
  });
  const kill = () => child.kill();
  process.once("exit", kill);
  const arrivals = await stage.receiver.arrivalsOf([waiting]);
  child.kill();
  await once(child, "exit");
  process.off("exit", kill);
  rmSync(dataDir, { recursive: true });
  const value = (arrivals.get(waiting) ?? Number.NaN) - startedAt;
  return [{ what: "npm start when nothing changed → first delivery", unit: "ms", value }];
}
