import { z } from "zod";
import { conflict, notFound } from "@/domain/errors";
import { customerLimits } from "@/domain/limits";
import { seal, secretOwner } from "@/domain/webhook/seal";
import { creationOf, idempotencyHeader, replayedHeader } from "../../idempotency";
import { showWebhook } from "../../show-webhooks";
import { changeProcedure } from "../../trpc";
import { webhookView } from "../../views/webhook";
import { clientCertificate, sealedCertificate } from "./client-certificate";
import { conditions } from "./conditions";
import { description, events, rateLimit, secret, timeoutSeconds, toTimeoutMs, webhookUrl } from "./fields";
import { headers, newHeaders } from "./header-fields";

/**
 * Registers a URL. Always a new webhook, also for a URL that is there already; with an Idempotency-Key, the one that
 * the same call made before.
 */
export const createWebhook = changeProcedure
  .input(
    z.strictObject({
      webhook_url: webhookUrl,
      secret: secret.optional(),
      client_certificate: clientCertificate.optional(),
      is_active: z.boolean().default(true),
      events: events.default([]),
      conditions: conditions.optional(),
      description: description.optional(),
      headers: headers.default([]),
      rate_limit: rateLimit.default(null),
      timeout_seconds: timeoutSeconds.default(null),
    }),
  )
  .output(webhookView)
  .mutation(async ({ ctx, input }) => {
    const { store, newId, ring } = ctx.runtime;
    const owner = { customerId: ctx.customerId, webhookId: newId() };
    const shown = sealedCertificate(input.client_certificate ?? null, ring, owner);
    const webhook = {
      id: owner.webhookId,
      customerId: owner.customerId,
      url: input.webhook_url,
      secret: input.secret ? seal(ring, input.secret, secretOwner(owner)) : null,
      clientCertificate: shown?.certificate,
      clientKey: shown?.key,
      isActive: input.is_active,
      events: input.events,
      conditions: input.conditions ?? null,
      description: input.description ?? null,
      headers: newHeaders(input.headers, ring, owner),
      ratePerSecond: input.rate_limit,
      timeoutMs: toTimeoutMs(input.timeout_seconds),
    };
    const creation = creationOf(ctx.headers, ctx.runtime.env, input);
    if (creation === null) return showWebhook(ctx.runtime, made(await store.createWebhook(webhook, ctx.by)));
    const answer = made(await store.createWebhookOnce(webhook, creation, ctx.by));
    if (answer.isReplay) ctx.answerHeaders[replayedHeader] = "true";
    return showWebhook(ctx.runtime, answer.webhook);
  });

/** Throws ApiError 404 and 409 for what was not made. */
function made<Made extends object>(
  answer: Made | "not_found" | "limit_reached" | "key_reused" | "webhook_deleted",
): Made {
  if (typeof answer === "object") return answer;
  switch (answer) {
    case "not_found":
      throw notFound("customer");
    case "limit_reached":
      throw conflict(
        "limit_reached",
        `A customer has at most ${customerLimits.webhooks} webhooks, with listeners that are away. Delete one first.`,
      );
    case "key_reused":
      throw conflict(
        "idempotency_key_reused",
        `This ${idempotencyHeader} came with another content within the last 24 hours. Take a new one for another webhook.`,
      );
    case "webhook_deleted":
      throw conflict(
        "webhook_deleted",
        `The webhook that was made under this ${idempotencyHeader} is deleted. Take a new one to make another.`,
      );
  }
}
