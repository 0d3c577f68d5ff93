import { z } from "zod";
import { notFound } from "@/domain/errors";
import type { SecretName } from "@/domain/webhook/rotation";
import { signatureHeaders } from "@/domain/webhook/signature";
import { eventId, webhookId } from "../../inputs";
import { changeProcedure } from "../../trpc";
import { openSecrets } from "../signatures/secrets";

/** Headers that sign a delivery's body now, for a request that somebody makes by hand. */
export const signDelivery = changeProcedure
  .input(z.object({ webhook_id: webhookId, event_id: eventId }))
  .output(z.object({ headers: z.record(z.string(), z.string()) }))
  .mutation(async ({ ctx, input }) => {
    const { store, ring, clock } = ctx.runtime;
    const owner = { customerId: ctx.customerId, webhookId: input.webhook_id };
    const found = await store.getDelivery(owner.customerId, owner.webhookId, input.event_id);
    const secrets = await openSecrets(store, ring, owner);
    if (!found?.delivery.content || !secrets) throw notFound("delivery");
    const secretOf = (name: SecretName) => secrets.open.find((each) => each.name === name)?.secret ?? null;
    const timestampSeconds = Math.floor(clock() / 1000);
    const signatures = signatureHeaders({
      body: found.delivery.content.payload,
      eventId: input.event_id,
      timestampSeconds,
      secret: secretOf("current"),
      previousSecret: secretOf("previous"),
      leads: secrets.leads,
    });
    return { headers: { "webhook-timestamp": String(timestampSeconds), ...signatures } };
  });
