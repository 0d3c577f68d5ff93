import { type Drain, drainBacklog, productDrain, type Work, warmUpOf } from "../backlog";
import type { Begin, Context, Reading } from "../measurement";
import { resting, type Stage, takeStage } from "../stage";

const words = ["one worker", "two workers on one file", "three workers on one file"];

/** A backlog that several workers deliver from one file, beside one that does it alone. */
export const workers = ({ builds, scale }: Context): Begin[] =>
  builds.map((build) => async () => {
    const stages: Stage[] = [];
    const drains: Drain[] = [];
    const works = words
      .slice(0, scale.workers)
      .map((what): Work => ({ events: scale.events, fanOut: 1, what }));
    for (const [index, work] of works.entries()) {
      const stage = await takeStage(build, index > 0 ? { workers: index + 1 } : undefined);
      const drain = await productDrain(stage, 1);
      stages.push(stage);
      drains.push(drain);
      await drainBacklog(drain, warmUpOf(work));
      resting([stage]).rest();
    }
    return {
      name: build.name,
      async round() {
        const readings: Reading[] = [];
        for (const [index, work] of works.entries()) {
          const stage = stages[index] as Stage;
          const { rest, wake } = resting([stage]);
          await wake();
          const some = await drainBacklog(drains[index] as Drain, work);
          readings.push(...some.map((reading) => besideOne(reading, work.what)));
          rest();
        }
        return readings;
      },
      end() {
        for (const stage of stages) stage.end();
      },
    };
  });

const besideOne = (reading: Reading, what: string): Reading =>
  what === words[0] ? reading : { ...reading, beside: reading.what.replace(what, words[0] ?? "") };
