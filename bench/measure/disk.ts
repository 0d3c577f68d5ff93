import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { startProduct } from "@/chaos/running-product";
import { sampleData, sampleEvents } from "../events";
import type { Begin, Build, Context, Reading } from "../measurement";
import { addCustomer, type Stage, setStage } from "../stage";

/** Fills an event's data up to 1 KiB of JSON. */
const note = "x".repeat(1_024 - JSON.stringify({ ...sampleData, note: "" }).length);
const arraySize = 500;
const widest = 4;

/** What the database file grows by for what is delivered at the first attempt, answered with two bytes. */
export const disk = ({ builds, scale }: Context): Begin[] =>
  builds.map((build) => async () => ({
    name: build.name,
    round: () => measure(build, scale.storedEvents),
    end() {},
  }));

async function measure(build: Build, events: number): Promise<Reading[]> {
  const one = await grownBy(build, events, 1);
  const many = await grownBy(build, events, widest);
  return [
    {
      what: "bytes on disk for a delivery of a 1 KiB payload, its event and its attempt included",
      unit: "bytes",
      value: one / events,
    },
    {
      what: "the same without the event: what one more webhook adds",
      unit: "bytes",
      value: (many - one) / (events * (widest - 1)),
    },
  ];
}

/** From what the migration left to when everything is delivered and the product has ended, its log moved into the file. */
async function grownBy(build: Build, events: number, fanOut: number): Promise<number> {
  const stage = await setStage(build);
  try {
    const file = join(stage.dataDir, "fanfare.sqlite");
    const before = statSync(file).size;
    const paths = Array.from({ length: fanOut }, (_, index) => `/short/${index}`);
    const { id } = await addCustomer(stage, paths);
    for (let made = 0; made < events; made += arraySize) {
      await stage.platform.publish(sampleEvents(id, Math.min(arraySize, events - made), note));
    }
    await stage.receiver.waitFor(events * fanOut);
    await stage.product.stop();
    if (existsSync(`${file}-wal`)) await moveLogIn(stage);
    if (existsSync(`${file}-wal`)) throw new Error("The product left a log beside its file, twice.");
    return statSync(file).size - before;
  } finally {
    stage.end();
  }
}

/** Processes that close at the same time may each take another for one that goes on, and leave the log for the next. */
async function moveLogIn({ build: { folder }, dataDir, settings }: Stage): Promise<void> {
  const logFile = join(dataDir, "log");
  const again = await startProduct({ folder, entries: "dist", dataDir, workers: 1, settings, logFile });
  await again.stop();
}
