import { z } from "zod";
import { eventType, webhookId } from "../../inputs";
import { changeProcedure } from "../../trpc";
import { deliveryView } from "../../views/delivery";
import { runTest } from "./run-test";

/** Sends one test event and answers its delivery once the single attempt ended. */
export const testWebhook = changeProcedure
  .input(
    z.strictObject({
      webhook_id: webhookId,
      event_type: eventType,
      data: z
        .unknown()
        .describe("Checked like a published one; the catalogue's sample when absent")
        .optional(),
    }),
  )
  .output(deliveryView)
  .mutation(({ ctx: { runtime, customerId, by }, input, signal }) => {
    const { webhook_id: webhookId, event_type: type, data } = input;
    return runTest(runtime, { customerId, webhookId, type, data, by }, signal);
  });
