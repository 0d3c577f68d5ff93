import { sampleEvents } from "../events";
import { openDashboards } from "../live-streams";
import type { Begin, Context, Reading } from "../measurement";
import { median } from "../numbers";
import type { Scale } from "../scale";
import { addCustomer, type Customer, onStage, type Stage } from "../stage";

const arraySize = 1_000;
const streams = 4;

/** Arrays of 1000 events, one after the other, while the worker delivers what they bring; with and without people who watch. */
export const publishing = ({ builds, scale }: Context): Begin[] =>
  builds.map((build) => onStage(build, (stage) => prepare(stage, scale)));

async function prepare(stage: Stage, scale: Scale) {
  const customer = await addCustomer(stage, ["/count/a"]);
  await publish(stage, customer, 1); // warm
  const what = `events accepted a second in arrays of ${arraySize}`;
  return async (): Promise<Reading[]> => {
    const alone = await publish(stage, customer, scale.arrays);
    const close = await openDashboards(stage, customer, streams);
    const watched = await publish(stage, customer, scale.arrays);
    close();
    return [
      { what, unit: "/s", value: alone },
      {
        what: `${what}, beside ${streams} live streams of that customer`,
        unit: "/s",
        value: watched,
        beside: what,
      },
    ];
  };
}

/** Answers events a second, of the array in the middle; everything has arrived then. */
async function publish({ platform, receiver }: Stage, { id }: Customer, arrays: number): Promise<number> {
  const perSecond: number[] = [];
  await receiver.take();
  for (let turn = 0; turn < arrays; turn += 1) {
    const startedAt = performance.now();
    await platform.publish(sampleEvents(id, arraySize));
    perSecond.push((arraySize * 1_000) / (performance.now() - startedAt));
  }
  await receiver.waitFor(arrays * arraySize);
  return median(perSecond);
}
