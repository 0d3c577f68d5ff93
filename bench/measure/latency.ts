import { openDashboards } from "../live-streams";
import type { Begin, Context, Reading } from "../measurement";
import type { Scale } from "../scale";
import { addCustomer, onStage, type Stage } from "../stage";
import { publishSteadily, tellTimes } from "../steadily";

/** From the call that publishes one event to its 202, and to the first byte at the receiver: with nobody and many looking on. */
export const latency = ({ builds, scale }: Context): Begin[] =>
  builds.map((build) => onStage(build, (stage) => prepare(stage, scale)));

async function prepare(stage: Stage, { eventsPerSecond, seconds, warmUpSeconds, dashboards }: Scale) {
  const customer = await addCustomer(stage, ["/timed/a"]);
  const at = (perSecond: number) =>
    publishSteadily(stage, customer.id, { perSecond, seconds, warmUpSeconds });
  return async () => {
    const readings: Reading[] = [];
    for (const perSecond of eventsPerSecond) {
      const alone = await at(perSecond);
      const close = await openDashboards(stage, customer, dashboards);
      const watched = await at(perSecond);
      close();
      for (const [what, kind] of [
        [`publish → first byte at the receiver, ${perSecond} events/s`, "firstByte"],
        [`publish → 202, ${perSecond} events/s`, "answer"],
      ] as const) {
        const besides = `${what}, with ${dashboards} live dashboards open`;
        readings.push(...tellTimes(what, alone[kind]), ...tellTimes(besides, watched[kind], what));
      }
    }
    return readings;
  };
}
