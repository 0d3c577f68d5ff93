import { subscribeInLoop } from "../agent-loop";
import { openStreams, runHangingTests, runHeavyRequests } from "../burdens";
import type { Begin, Context, Reading } from "../measurement";
import { addCustomer, onStage, type Stage } from "../stage";
import { publishSteadily, tellTimes } from "../steadily";

const perSecond = 20;

/** How one customer's publishing fares beside what another may do, each in turns with a quiet time. */
export const neighbours = ({ builds: [build], scale }: Context): Begin[] => [
  onStage(
    build,
    async (stage: Stage) => {
      const neighbour = await addCustomer(stage, ["/timed/a"]);
      const pace = { perSecond, seconds: scale.seconds, warmUpSeconds: scale.warmUpSeconds };
      const publish = () => publishSteadily(stage, neighbour.id, pace);
      const burdens = [
        {
          what: `${scale.burdens.streams} streams of one key`,
          begin: await openStreams(stage, scale.burdens),
        },
        {
          what: `${scale.burdens.hangingCustomers} customers with hanging tests`,
          begin: await runHangingTests(stage, scale.burdens),
        },
        {
          what: "ten of the heaviest requests at once",
          begin: await runHeavyRequests(stage, scale.burdens),
        },
        {
          what: `an agent that subscribes ${scale.burdens.subscribesPerMinute} times a minute`,
          begin: await subscribeInLoop(stage, scale.burdens),
        },
      ];
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
    },
    { settings: { DELIVERY_TIMEOUT: `${scale.burdens.hangMs / 1_000}s` } },
  ),
];
