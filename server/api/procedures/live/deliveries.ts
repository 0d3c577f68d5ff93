import { setImmediate as turn } from "node:timers/promises";
import { tracked } from "@trpc/server";
import { z } from "zod";
import type { Delivery } from "@/db/store";
import { notFound, tooMany, unauthorized } from "@/domain/errors";
import type { Principal } from "@/server/auth/principal";
import type { CallHeaders } from "@/server/http/call";
import type { Runtime } from "@/server/process/runtime";
import { type Context, findCaller } from "../../context";
import { toTrpcError } from "../../failure";
import { pairCursor, webhookId } from "../../inputs";
import { oncePerObject } from "../../live/once-per-object";
import type { Full } from "../../live/stream-places";
import { readProcedure } from "../../trpc";
import { toDeliveryView } from "../../views/delivery";

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
        customer_id: z.string().optional().describe("Refuses callers who speak for another customer by now"),
        details: z.boolean().default(false),
        lastEventId: pairCursor.optional(),
      })
      .default({ details: false }),
  )
  .subscription(async ({ ctx, input, signal = never }) => {
    const { webhook_id: webhookId, details } = input;
    const { caller, customerId, runtime } = ctx;
    if (input.customer_id !== undefined && input.customer_id !== customerId) throw unauthorized();
    if (webhookId && !(await runtime.store.getWebhook(customerId, webhookId))) throw notFound("webhook");
    const after = input.lastEventId ?? (await currentPosition(ctx, customerId));
    const giveBack = takePlace(runtime, customerId, caller);
    // A stream that ends before anybody reads of it never comes to its own end.
    signal.addEventListener("abort", giveBack);
    return changedDeliveries({ ctx, customerId, caller, webhookId, details, after, signal, giveBack });
  });

/** Where a stream begins that has not been here before. */
export async function currentPosition({ runtime }: Context, customerId: string): Promise<string> {
  const { cursor } = await runtime.store.listChanges(customerId, { after: null, limit: 1 });
  return cursor;
}

function takePlace({ streams }: Runtime, customerId: string, caller: Principal): () => void {
  const place = streams.take({ customerId, caller: nameOf(caller) });
  if ("full" in place) throw tooMany(sentences[place.full], retryAfterSeconds);
  return place.giveBack;
}

/** Also how often a dashboard without a stream asks, and tries again. */
const retryAfterSeconds = 5;

const sentences: Record<Full, string> = {
  caller: "There are 20 live streams of this key or person already. Close one, or share one.",
  customer: "There are 100 live streams of this customer already. Close one, or share one.",
  process: "There are too many live streams at the moment. Try again soon, or ask for the list now and then.",
};

/** Portal sessions are nobody's, and the platform may follow for many people. */
function nameOf(caller: Principal): string | null {
  if (caller.kind === "key") return `key ${caller.keyId}`;
  return caller.kind === "member" && caller.userId !== null ? `person ${caller.userId}` : null;
}

type Stream = {
  ctx: Context;
  customerId: string;
  caller: Principal;
  webhookId: string | undefined;
  details: boolean;
  after: string;
  signal: AbortSignal;
  giveBack: () => void;
};

async function* changedDeliveries({ after, signal, giveBack, ...stream }: Stream) {
  const { ctx, customerId, webhookId, details } = stream;
  const changes = ctx.runtime.changes.follow(customerId);
  let position = after;
  let checkedAt = performance.now();
  try {
    while (!signal.aborted) {
      const page = await changes.next(position, { signal, withinMs: recheckMs });
      const items = (page?.items ?? []).filter(
        ({ delivery }) => webhookId === undefined || delivery.webhookId === webhookId,
      );
      if (items.length > 0 || performance.now() - checkedAt > recheckMs) {
        await requireSameCaller(ctx.headers, stream.caller);
        checkedAt = performance.now();
      }
      const toView = details ? detailedView : plainView;
      for (const { cursor, delivery } of items) yield tracked(cursor, toView(delivery));
      position = page?.cursor ?? position;
      await turn(); // a long past is told in many looks: others come in between, and a leaving client is noticed
    }
  } finally {
    changes.leave();
    giveBack();
  }
}

/** One object for all streams that tell of the same change, which is then made into text only once. */
const plainView = oncePerObject((delivery: Delivery) => toDeliveryView(delivery));
const detailedView = oncePerObject((delivery: Delivery) => toDeliveryView(delivery, { details: true }));

/** A stream lives long: it ends with the key or the session that opened it. */
async function requireSameCaller(headers: CallHeaders, before: Principal): Promise<void> {
  try {
    const now = await findCaller(headers);
    if (customerOf(before) !== customerOf(now)) throw unauthorized();
  } catch (error) {
    // tRPC's middlewares are done once a stream has begun.
    throw toTrpcError(error);
  }
}

const customerOf = (caller: Principal) => (caller.kind === "platform" ? null : caller.customerId);
