import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { sampleEvents } from "../events";
import type { Begin, Build, Context, Reading } from "../measurement";
import { addCustomer, setStage } from "../stage";

/** With what else is in it, the JSON of an event's data has 1 KiB. */
const note = "x".repeat(768);
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
  const none = await sizeWith(build, 0, 1);
  const one = await sizeWith(build, events, 1);
  const many = await sizeWith(build, events, widest);
  return [
    {
      what: "bytes on disk for a delivery of a 1 KiB payload, its event and its attempt included",
      unit: "bytes",
      value: (one - none) / events,
    },
    {
      what: "the same without the event: what one more webhook adds",
      unit: "bytes",
      value: (many - one) / (events * (widest - 1)),
    },
  ];
}

/** Bytes in the data folder's database once everything is delivered and the product has ended, its log moved. */
async function sizeWith(build: Build, events: number, fanOut: number): Promise<number> {
  const stage = await setStage(build);
  try {
    const paths = Array.from({ length: fanOut }, (_, index) => `/short/${index}`);
    const { id } = await addCustomer(stage, paths);
    for (let made = 0; made < events; made += arraySize) {
      await stage.platform.publish(sampleEvents(id, Math.min(arraySize, events - made), note));
    }
    await stage.receiver.waitFor(events * fanOut);
    await stage.product.stop();
    const files = readdirSync(stage.dataDir).filter((name) => name.startsWith("fanfare.sqlite"));
    return files.reduce((sum, name) => sum + statSync(join(stage.dataDir, name)).size, 0);
  } finally {
    stage.end();
  }
}
