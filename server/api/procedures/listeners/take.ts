import { z } from "zod";
import type { Taken, Taking } from "@/db/store";
import { attemptReasons } from "@/domain/delivery/decide";
import { conflict, notFound } from "@/domain/errors";
import { listenerLimits } from "@/domain/limits";
import type { Runtime } from "@/server/process/runtime";
import { webhookId } from "../../inputs";
import { changeProcedure } from "../../trpc";
import { session } from "./fields";
import { requestOf } from "./taking";

const { taken: mostTaken, leaseMs, waitMs } = listenerLimits;
const never = new AbortController().signal;

/** Takes what waits for a listener, as requests that are ready to be made. Waits for a while when there is nothing. */
export const takeDeliveries = changeProcedure
  .input(
    z.strictObject({
      webhook_id: webhookId,
      session,
      limit: z.int().min(1).max(mostTaken).default(mostTaken),
      wait_ms: z.int().min(0).max(waitMs).default(waitMs).describe("How long to wait for something"),
    }),
  )
  .output(
    z.object({
      deliveries: z.array(
        z.object({
          event_id: z.string(),
          event_type: z.string(),
          attempt: z.int().describe("The number of this attempt; a report names it"),
          reason: z.enum(attemptReasons),
          is_test: z.boolean(),
          headers: z.record(z.string(), z.string()).describe("As they are to be sent, with the signatures"),
          body: z.string().describe("The exact text of the body"),
        }),
      ),
    }),
  )
  .mutation(async ({ ctx, input, signal = never }) => {
    const { webhook_id, session, limit, wait_ms } = input;
    const taking = { customerId: ctx.customerId, webhookId: webhook_id, session };
    const deadline = AbortSignal.timeout(wait_ms);
    const taken = await takeSoon(ctx.runtime, taking, limit, AbortSignal.any([signal, deadline]));
    if (signal.aborted) await ctx.runtime.store.releaseDeliveries(taken.map(({ claim }) => claim));
    return { deliveries: taken.map((each) => toTakenView(ctx.runtime, each)) };
  });

/** At once what is due, else what is as soon as something of the listener changes; nothing at the end of the wait. */
async function takeSoon(
  { store, changes }: Runtime,
  taking: Taking,
  limit: number,
  ends: AbortSignal,
): Promise<Taken[]> {
  const { customerId, webhookId } = taking;
  const follower = changes.follow(customerId);
  try {
    let { cursor: position } = await store.listChanges(customerId, { after: null, limit: 1 });
    for (;;) {
      const taken = await take();
      if (taken.length > 0) return taken;
      for (let isChanged = false; !isChanged; ) {
        const page = await follower.next(position, { signal: ends, withinMs: waitMs });
        if (ends.aborted) return [];
        position = page?.cursor ?? position;
        isChanged = page?.items.some(({ delivery }) => delivery.webhookId === webhookId) ?? false;
      }
    }
  } finally {
    follower.leave();
  }

  async function take(): Promise<Taken[]> {
    const taken = await store.takeForListener(taking, { limit, leaseMs });
    if (taken === null) throw notFound("listener");
    if (taken === "taken_over")
      throw conflict("taken_over", "Another program listens by this name by now, and takes what comes.");
    return taken;
  }
}

function toTakenView(runtime: Runtime, taken: Taken) {
  const { claim } = taken;
  const { headers, body } = requestOf(runtime, taken).outgoing;
  return {
    event_id: claim.event.id,
    event_type: claim.event.type,
    attempt: claim.number,
    reason: claim.reason,
    is_test: claim.isTest,
    headers,
    body,
  };
}
