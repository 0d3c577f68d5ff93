import { z } from "zod";
import type { Webhook, WebhookChange } from "@/db/store";
import { badInput, notFound } from "@/domain/errors";
import { seal, secretOwner } from "@/domain/webhook/seal";
import { webhookId } from "../../inputs";
import { showWebhook } from "../../show-webhooks";
import { changeProcedure } from "../../trpc";
import { webhookView } from "../../views/webhook";
import { clientCertificate, sealedCertificate } from "./client-certificate";
import { conditions } from "./conditions";
import { description, events, rateLimit, secret, timeoutSeconds, toTimeoutMs, webhookUrl } from "./fields";
import { headers, lacksValues, sealHeaders } from "./header-fields";

/** Changes what is given and keeps the rest. */
export const updateWebhook = changeProcedure
  .input(
    z.strictObject({
      webhook_id: webhookId,
      webhook_url: webhookUrl.optional(),
      secret: secret.describe("Replaces the secret at once; empty removes it").optional(),
      client_certificate: clientCertificate.optional(),
      is_active: z.boolean().optional(),
      events: events.optional(),
      conditions: conditions.describe("Replaces all of them; null removes them").optional(),
      description: description.optional(),
      headers: headers.describe("Replace the list").optional(),
      rate_limit: rateLimit.optional(),
      timeout_seconds: timeoutSeconds.optional(),
    }),
  )
  .output(webhookView)
  .mutation(async ({ ctx, input }) => {
    const { store, ring } = ctx.runtime;
    const owner = { customerId: ctx.customerId, webhookId: input.webhook_id };
    if (input.webhook_url !== undefined || input.is_active === false)
      refuseForListener(await store.getWebhook(ctx.customerId, input.webhook_id), input);
    const { secret, client_certificate: shown } = input;
    const change: WebhookChange = {
      url: input.webhook_url,
      secret: secret === undefined ? undefined : secret ? seal(ring, secret, secretOwner(owner)) : null,
      clientCertificate: shown === undefined ? undefined : sealedCertificate(shown, ring, owner),
      isActive: input.is_active,
      events: input.events,
      conditions: input.conditions,
      description: input.description === "" ? null : input.description,
      headers: input.headers && sealHeaders(input.headers, ring, owner),
      ratePerSecond: input.rate_limit,
      timeoutMs: input.timeout_seconds === undefined ? undefined : toTimeoutMs(input.timeout_seconds),
    };
    const webhook = await store.updateWebhook(ctx.customerId, input.webhook_id, change, ctx.by);
    if (!webhook) throw notFound("webhook");
    if (webhook === "no_header_value")
      throw lacksValues(input.headers, await store.getWebhook(ctx.customerId, input.webhook_id));
    return showWebhook(ctx.runtime, webhook);
  });

/** It has no URL, and is on for as long as it is there. */
function refuseForListener(webhook: Webhook | null, { webhook_url }: { webhook_url?: string | undefined }) {
  if (!webhook?.listener) return;
  const [field, message] =
    webhook_url !== undefined
      ? ["webhook_url", "A listener has no URL: the program that listens chooses where it forwards to."]
      : ["is_active", "A listener cannot be switched off. Stop the program that listens, or delete it."];
  throw badInput([{ path: [field], message, code: "custom" }]);
}
