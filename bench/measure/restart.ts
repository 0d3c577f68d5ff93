import { randomUUID } from "node:crypto";
import { sampleEvent } from "../events";
import type { Begin, Context } from "../measurement";
import { machineMs } from "../numbers";
import { addCustomer, onNewStage } from "../stage";

/** A worker is killed, and an event published at once: how long until it arrives, by the worker that came after. */
export const restart = ({ builds }: Context): Begin[] =>
  builds.map((build) =>
    onNewStage(build, async (stage) => {
      const { id: customer } = await addCustomer(stage, ["/timed/a"]);
      const first = randomUUID();
      await stage.platform.publish([sampleEvent(customer, { id: first })]);
      await stage.receiver.arrivalsOf([first]);
      const id = randomUUID();
      const killedAt = machineMs();
      stage.product.kill("worker");
      await stage.platform.publish([sampleEvent(customer, { id })]);
      const arrivedAt = (await stage.receiver.arrivalsOf([id])).get(id) ?? Number.NaN;
      return [{ what: "kill -9 of the worker → next delivery", unit: "ms", value: arrivedAt - killedAt }];
    }),
  );
