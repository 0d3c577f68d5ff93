import { z } from "zod";
import { badInput, conflict, notFound } from "@/domain/errors";
import { safeUntil } from "@/domain/webhook/pause";
import { time, webhookId } from "../../inputs";
import { showWebhook } from "../../show-webhooks";
import { changeProcedure } from "../../trpc";
import { isoTime } from "../../views/time";
import { webhookView } from "../../views/webhook";

/** Holds what waits and what comes, until a time or until somebody resumes it. Of one that is paused, it changes the end. */
export const pauseWebhook = changeProcedure
  .input(
    z.strictObject({
      webhook_id: webhookId,
      paused_until: time
        .nullish()
        .describe(
          "When it resumes by itself, before anything that waits expires; by hand when absent or null",
        ),
    }),
  )
  .output(webhookView)
  .mutation(async ({ ctx, input }) => {
    const { store, clock, env } = ctx.runtime;
    const webhook = await store.getWebhook(ctx.customerId, input.webhook_id);
    if (!webhook) throw notFound("webhook");
    if (webhook.listener)
      throw conflict(
        "listener",
        "A listener is not paused. Stop the program that listens: what comes waits for it.",
      );
    const until = typeof input.paused_until === "string" ? Date.parse(input.paused_until) : null;
    const now = clock();
    const problem =
      until === null ? null : endProblem(until, safeUntil(webhook.waitingSince, env.retentionMs, now), now);
    if (problem !== null) throw badInput([{ path: ["paused_until"], message: problem, code: "custom" }]);
    const paused = await store.pauseWebhook(ctx.customerId, input.webhook_id, until, ctx.by);
    if (paused === "inactive")
      throw conflict("inactive", "The webhook is inactive, so nothing is sent. Activate it to pause it.");
    if (!paused) throw notFound("webhook");
    return showWebhook(ctx.runtime, paused);
  });

function endProblem(until: number, safe: number, now: number): string | null {
  if (until <= now) return "Must be in the future.";
  if (until <= safe) return null;
  return `Must not be after ${isoTime(safe)}, when the oldest delivery that waits expires. Leave it out to pause until you resume it.`;
}
