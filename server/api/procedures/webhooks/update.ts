import { z } from "zod";
import type { WebhookChange } from "@/db/store";
import { notFound } from "@/domain/errors";
import { seal, secretOwner } from "@/domain/webhook/seal";
import { webhookId } from "../../inputs";
import { showWebhook } from "../../show-webhooks";
import { changeProcedure } from "../../trpc";
import { webhookView } from "../../views/webhook";
import { conditions } from "./conditions";
import { description, events, secret, webhookUrl } from "./fields";

/** Changes what is given and keeps the rest. */
export const updateWebhook = changeProcedure
  .input(
    z.strictObject({
      webhook_id: webhookId,
      webhook_url: webhookUrl.optional(),
      secret: secret.describe("Replaces the secret at once; empty removes it").optional(),
      is_active: z.boolean().optional(),
      events: events.optional(),
      conditions: conditions.describe("Replaces all of them; null removes them").optional(),
      description: description.optional(),
    }),
  )
  .output(webhookView)
  .mutation(async ({ ctx, input }) => {
    const { store, ring } = ctx.runtime;
    const owner = secretOwner({ customerId: ctx.customerId, webhookId: input.webhook_id });
    const change: WebhookChange = {
      url: input.webhook_url,
      secret: input.secret === undefined ? undefined : input.secret ? seal(ring, input.secret, owner) : null,
      isActive: input.is_active,
      events: input.events,
      conditions: input.conditions,
      description: input.description === "" ? null : input.description,
    };
    const webhook = await store.updateWebhook(ctx.customerId, input.webhook_id, change, ctx.by);
    if (!webhook) throw notFound("webhook");
    return showWebhook(ctx.runtime, webhook);
  });
