import { tracked } from "@trpc/server";
import { z } from "zod";
import type { Principal } from "@/server/auth/principal";
import { notFound, unauthorized } from "@/server/domain/errors";
import type { Grant } from "../../access";
import { type Context, findCaller } from "../../context";
import { cursor, webhookId } from "../../inputs";
import { storeChanges } from "../../store-changes";
import { readProcedure } from "../../trpc";
import { toDeliveryView } from "../../views/delivery";

const batchSize = 100;

/** Busy times change something every millisecond, and each look asks the store. */
const gapMs = 50;

const never = new AbortController().signal;

/**
 * The latest state of every delivery that changed, without request and response, each tracked by its position:
 * a client that comes back with the last one misses nothing.
 */
export const liveDeliveries = readProcedure
  .input(
    z
      .object({
        webhook_id: webhookId.optional(),
        details: z.boolean().default(false),
        lastEventId: cursor.optional(),
      })
      .default({ details: false }),
  )
  .subscription(async function* ({ ctx, input, signal = never }) {
    const { store } = ctx.runtime;
    const { webhook_id: webhookId, details } = input;
    if (webhookId && !(await store.getWebhook(ctx.customerId, webhookId))) throw notFound("webhook");
    let after = input.lastEventId ?? (await currentPosition(ctx));
    for await (const _ of storeChanges(store, { signal, gapMs })) {
      let isBehind = true;
      while (isBehind && !signal.aborted) {
        const { items, cursor } = await store.listChanges(ctx.customerId, {
          after,
          webhookId,
          limit: batchSize,
        });
        if (items.length > 0) await requireSameCaller(ctx);
        for (const change of items)
          yield tracked(change.cursor, toDeliveryView(change.delivery, { details }));
        after = cursor;
        isBehind = items.length === batchSize;
      }
    }
  });

/** Where a stream begins that has not been here before. */
export async function currentPosition(ctx: Context & { customerId: string }): Promise<string> {
  const { cursor } = await ctx.runtime.store.listChanges(ctx.customerId, { after: null, limit: 1 });
  return cursor;
}

/** A stream lives long: it ends with the key or the session that opened it. */
async function requireSameCaller(ctx: Context & Grant): Promise<void> {
  const now = await findCaller(ctx.headers);
  if (customerOf(ctx.caller) !== customerOf(now)) throw unauthorized();
}

const customerOf = (caller: Principal) => (caller.kind === "platform" ? null : caller.customerId);
