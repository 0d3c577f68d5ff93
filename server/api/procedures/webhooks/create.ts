import { z } from "zod";
import { conflict, notFound } from "@/domain/errors";
import { customerLimits } from "@/domain/limits";
import { seal, secretOwner } from "@/domain/webhook/seal";
import { showWebhook } from "../../show-webhooks";
import { changeProcedure } from "../../trpc";
import { webhookView } from "../../views/webhook";
import { conditions } from "./conditions";
import { description, events, secret, webhookUrl } from "./fields";

/** Registers a URL. Always a new webhook, also for a URL that is there already. */
export const createWebhook = changeProcedure
  .input(
    z.strictObject({
      webhook_url: webhookUrl,
      secret: secret.optional(),
      is_active: z.boolean().default(true),
      events: events.default([]),
      conditions: conditions.optional(),
      description: description.optional(),
    }),
  )
  .output(webhookView)
  .mutation(async ({ ctx, input }) => {
    const { store, newId, ring } = ctx.runtime;
    const owner = { customerId: ctx.customerId, webhookId: newId() };
    const webhook = await store.createWebhook(
      {
        id: owner.webhookId,
        customerId: owner.customerId,
        url: input.webhook_url,
        secret: input.secret ? seal(ring, input.secret, secretOwner(owner)) : null,
        isActive: input.is_active,
        events: input.events,
        conditions: input.conditions ?? null,
        description: input.description ?? null,
      },
      ctx.by,
    );
    if (webhook === "not_found") throw notFound("customer");
    if (webhook === "limit_reached") {
      throw conflict(
        "limit_reached",
        `A customer has at most ${customerLimits.webhooks} webhooks. Delete one first.`,
      );
    }
    return showWebhook(ctx.runtime, webhook);
  });
