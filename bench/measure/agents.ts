import { subscribeInLoop } from "../agent-loop";
import { publishBeside } from "../beside";
import type { Begin, Context } from "../measurement";
import { onStage } from "../stage";

/** How one customer's publishing fares beside another's agent that subscribes in a loop. */
export const agents = ({ builds: [build], scale }: Context): Begin[] => [
  onStage(build, async (stage) =>
    publishBeside(stage, scale, [
      {
        what: `an agent that subscribes ${scale.burdens.subscribesPerMinute} times a minute`,
        begin: await subscribeInLoop(stage, scale.burdens),
      },
    ]),
  ),
];
