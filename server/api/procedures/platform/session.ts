import { z } from "zod";
import { operatorOf, platformProcedure } from "../../trpc";
import { deliveryPauseView, toDeliveryPauseView } from "../../views/platform";

/** Who is signed in at /platform, and whether all delivery is paused: what each of its pages shows. */
export const getPlatformSession = platformProcedure
  .output(
    z.object({
      operator: z.string().nullable().describe("The name that an operator gave; null for the key itself"),
      pause: deliveryPauseView.nullable(),
    }),
  )
  .query(async ({ ctx }) => {
    const pause = await ctx.runtime.store.findDeliveryPause();
    return { operator: operatorOf(ctx.caller), pause: pause && toDeliveryPauseView(pause) };
  });
