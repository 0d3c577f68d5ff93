import { z } from "zod";
import { platformProcedure } from "../../trpc";
import { deliveryPauseView, toDeliveryPauseView } from "../../views/platform";

/**
 * Holds all delivery but tests, at every worker within seconds. What comes is accepted and held with the rest. Pausing a
 * paused one changes nothing.
 */
export const pauseDelivery = platformProcedure.output(deliveryPauseView).mutation(async ({ ctx }) => {
  const { store, log } = ctx.runtime;
  const pause = await store.pauseDelivery(ctx.by);
  log.warn({ by: pause.pausedBy, requestId: ctx.requestId }, "All delivery is paused");
  return toDeliveryPauseView(pause);
});

/** Lets go what that held. Resuming what is not paused changes nothing. */
export const resumeDelivery = platformProcedure.output(z.null()).mutation(async ({ ctx }) => {
  const { store, log } = ctx.runtime;
  const wasPaused = await store.resumeDelivery(ctx.by);
  if (wasPaused) log.warn({ by: ctx.by.name, requestId: ctx.requestId }, "All delivery is resumed");
  return null;
});
