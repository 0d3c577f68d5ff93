import { z } from "zod";
import type { Store, Webhook } from "@/db/store";
import { conflict, notFound } from "@/domain/errors";
import { customerLimits } from "@/domain/limits";
import { isAway, listenerUrl } from "@/domain/webhook/listener";
import { seal, secretOwner } from "@/domain/webhook/seal";
import { showWebhook } from "../../show-webhooks";
import { changeProcedure } from "../../trpc";
import { webhookView } from "../../views/webhook";
import { openSecrets } from "../signatures/secrets";
import { events, secret } from "../webhooks/fields";
import { forwardsTo, listenerName, session } from "./fields";

/**
 * Makes the listener of a name, or comes back to it: then what came meanwhile is still there, and a program that
 * listens by that name already takes nothing any more.
 */
export const openListener = changeProcedure
  .input(
    z.strictObject({
      name: listenerName,
      forwards_to: forwardsTo,
      events: events
        .describe("The event types that it receives; of a new one all, future ones too, when absent")
        .optional(),
      secret: secret.optional(),
    }),
  )
  .output(
    z.object({
      webhook: webhookView,
      session,
      is_new: z.boolean(),
      took_over: z
        .boolean()
        .describe("A program listened by this name until a moment ago: it takes nothing any more"),
      pending_count: z.int().describe("How many events wait to be taken"),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const { store, newId, ring } = ctx.runtime;
    const { customerId, by } = ctx;
    const { name, forwards_to, events = ["*"] } = input;
    const listening = { session: newId(), forwardsTo: forwards_to };
    const sealFor = (webhookId: string) =>
      input.secret ? seal(ring, input.secret, secretOwner({ customerId, webhookId })) : null;

    const known = (await store.listWebhooks(customerId)).find(({ listener }) => listener?.name === name);
    const wasConnected = known?.listener ? !isAway(known.listener.heardAt, ctx.runtime.clock()) : false;
    if (known) await attach(known);
    const id = known?.id ?? (await create());
    const webhook = await store.getWebhook(customerId, id);
    if (!webhook) throw notFound("listener");
    return {
      webhook: await showWebhook(ctx.runtime, webhook),
      session: listening.session,
      is_new: !known,
      took_over: wasConnected,
      pending_count: webhook.pendingCount,
    };

    async function create(): Promise<string> {
      const id = newId();
      const made = await store.createWebhook(
        {
          id,
          customerId,
          url: listenerUrl(name),
          secret: sealFor(id),
          isActive: true,
          events,
          description: null,
          listener: { name, ...listening },
        },
        by,
      );
      if (made === "not_found") throw notFound("customer");
      if (made === "limit_reached") {
        throw conflict(
          "limit_reached",
          `A customer has at most ${customerLimits.webhooks} webhooks, and a listener is one of them. Delete one first.`,
        );
      }
      return id;
    }

    async function attach({ id: webhookId }: Webhook): Promise<void> {
      const isOther = input.secret !== undefined && (await secretOf(webhookId)) !== input.secret;
      const change = { events: input.events, secret: isOther ? sealFor(webhookId) : undefined };
      if (change.events || isOther) await store.updateWebhook(customerId, webhookId, change, by);
      await takeOver(store, { customerId, webhookId }, listening, by);
    }

    async function secretOf(webhookId: string): Promise<string | undefined> {
      const secrets = await openSecrets(store, ring, { customerId, webhookId });
      return secrets?.open.find((each) => each.name === "current")?.secret;
    }
  });

/** What the program before had taken and not reported is due at once. */
async function takeOver(
  store: Store,
  { customerId, webhookId }: { customerId: string; webhookId: string },
  ...listening: [{ session: string; forwardsTo: string }, Parameters<Store["attachListener"]>[3]]
): Promise<void> {
  const attached = await store.attachListener(customerId, webhookId, ...listening);
  if (!attached) throw notFound("listener");
  await store.endWorker(attached.before);
}
