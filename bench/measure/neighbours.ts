import { publishBeside } from "../beside";
import { openStreams, runHangingTests, runHeavyRequests } from "../burdens";
import type { Begin, Context } from "../measurement";
import { onStage, type Stage } from "../stage";

/** How one customer's publishing fares beside what another may do. */
export const neighbours = ({ builds: [build], scale }: Context): Begin[] => [
  onStage(
    build,
    async (stage: Stage) =>
      publishBeside(stage, scale, [
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
      ]),
    { settings: { DELIVERY_TIMEOUT: `${scale.burdens.hangMs / 1_000}s` } },
  ),
];
