import { setImmediate as turn } from "node:timers/promises";
import { tracked } from "@trpc/server";
import { z } from "zod";
import type { Principal } from "@/server/auth/principal";
import { notFound, unauthorized } from "@/server/domain/errors";
import { type Context, findCaller } from "../../context";
import { toTrpcError } from "../../failure";
import { pairCursor, webhookId } from "../../inputs";
import { storeChanges } from "../../store-changes";
import { readProcedure } from "../../trpc";
import { toDeliveryView } from "../../views/delivery";

const batchSize = 100;

/** Busy times change something every millisecond, and each look asks the store. */
const gapMs = 50;

/** How soon a stream ends after its caller may no longer call, also while nothing changes for it. */
const recheckMs = 5_000;

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
        lastEventId: pairCursor.optional(),
      })
      .default({ details: false }),
  )
  .subscription(async ({ ctx, input, signal = never }) => {
    const { webhook_id: webhookId, details } = input;
    const { customerId, runtime } = ctx;
    if (webhookId && !(await runtime.store.getWebhook(customerId, webhookId))) throw notFound("webhook");
    const after = input.lastEventId ?? (await currentPosition(ctx, customerId));
    return changedDeliveries({ ctx, customerId, caller: ctx.caller, webhookId, details, after, signal });
  });

/** Where a stream begins that has not been here before. */
export async function currentPosition({ runtime }: Context, customerId: string): Promise<string> {
  const { cursor } = await runtime.store.listChanges(customerId, { after: null, limit: 1 });
  return cursor;
}

type Stream = {
  ctx: Context;
  customerId: string;
  caller: Principal;
  webhookId: string | undefined;
  details: boolean;
  after: string;
  signal: AbortSignal;
};

async function* changedDeliveries({ after, signal, ...stream }: Stream) {
  const { ctx, customerId, webhookId, details } = stream;
  const { store } = ctx.runtime;
  let position = after;
  let checkedAt = performance.now();
  for await (const _ of storeChanges(store, { signal, gapMs })) {
    let isBehind = true;
    while (isBehind && !signal.aborted) {
      const range = { after: position, webhookId, limit: batchSize };
      const { items, cursor, hasMore } = await store.listChanges(customerId, range);
      if (items.length > 0 || performance.now() - checkedAt > recheckMs) {
        await requireSameCaller(ctx.headers, stream.caller);
        checkedAt = performance.now();
      }
      for (const { cursor, delivery } of items) yield tracked(cursor, toDeliveryView(delivery, { details }));
      position = cursor;
      isBehind = hasMore;
      await turn(); // a long past is told in many looks: others come in between, and a leaving client is noticed
    }
  }
}

/** A stream lives long: it ends with the key or the session that opened it. */
async function requireSameCaller(headers: Headers, before: Principal): Promise<void> {
  try {
    const now = await findCaller(headers);
    if (customerOf(before) !== customerOf(now)) throw unauthorized();
  } catch (error) {
    // tRPC's middlewares are done once a stream has begun.
    throw toTrpcError(error);
  }
}

const customerOf = (caller: Principal) => (caller.kind === "platform" ? null : caller.customerId);
