import { sampleEvents } from "../events";
import type { Begin, Context } from "../measurement";
import { addCustomer, onNewStage } from "../stage";
import { publishSteadily, tellTimes } from "../steadily";

/** Four customers' quarters would fill a worker. */
const hangingCustomers = 4;
const perSecond = 20;

/** A healthy customer alone, and then beside some whose receivers never answer. */
export const hanging = ({ builds, scale }: Context): Begin[] =>
  builds.map((build) =>
    onNewStage(build, async (stage) => {
      const pace = { perSecond, seconds: scale.seconds, warmUpSeconds: scale.warmUpSeconds };
      const healthy = await addCustomer(stage, ["/timed/a"]);
      const before = await publishSteadily(stage, healthy.id, pace);
      for (let made = 0; made < hangingCustomers; made += 1) {
        const { id } = await addCustomer(stage, ["/hang/a", "/hang/b", "/hang/c", "/hang/d"]);
        await stage.platform.publish(sampleEvents(id, scale.hangingEventsEach));
      }
      const after = await publishSteadily(stage, healthy.id, pace);
      const what = `publish → first byte, ${perSecond} events/s`;
      const deliveries = scale.hangingEventsEach * 4;
      const beside = `${what}, beside ${hangingCustomers} customers that hang with ${deliveries} deliveries each`;
      return [...tellTimes(what, before.firstByte), ...tellTimes(beside, after.firstByte, what)];
    }),
  );
