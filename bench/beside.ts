import type { Load } from "./burdens";
import type { Reading } from "./measurement";
import type { Scale } from "./scale";
import { addCustomer, type Stage } from "./stage";
import { publishSteadily, tellTimes } from "./steadily";

const perSecond = 20;

/** What somebody else may do meanwhile, and how it is begun. */
export type Burden = { what: string; begin: () => Promise<Load> };

/** Makes a round: how one customer's publishing fares beside each burden, each in turns with a quiet time. */
export async function publishBeside(
  stage: Stage,
  scale: Scale,
  burdens: Burden[],
): Promise<() => Promise<Reading[]>> {
  const neighbour = await addCustomer(stage, ["/timed/a"]);
  const pace = { perSecond, seconds: scale.seconds, warmUpSeconds: scale.warmUpSeconds };
  const publish = () => publishSteadily(stage, neighbour.id, pace);
  return async () => {
    const readings: Reading[] = [];
    for (const { what, begin } of burdens) {
      const quiet = await publish();
      const load = await begin();
      const beside = await publish();
      process.stdout.write(`  beside ${what}: ${await load.end()}\n`);
      for (const [words, kind] of [
        [`publish → 202, ${perSecond} events/s, just before ${what}`, "answer"],
        [`publish → first byte, ${perSecond} events/s, just before ${what}`, "firstByte"],
      ] as const) {
        const loud = words.replace("just before", "beside");
        readings.push(...tellTimes(words, quiet[kind]), ...tellTimes(loud, beside[kind], words));
      }
    }
    return readings;
  };
}
