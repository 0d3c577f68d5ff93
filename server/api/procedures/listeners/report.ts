import { z } from "zod";
import { decideForListener } from "@/domain/delivery/decide";
import type { Outcome } from "@/domain/delivery/outcome";
import { conflict, notFound } from "@/domain/errors";
import { responseLimits } from "@/domain/limits";
import { eventId, text, webhookId } from "../../inputs";
import { changeProcedure } from "../../trpc";
import { session } from "./fields";
import { requestOf } from "./taking";

const durationMs = z.number().min(0).max(86_400_000).describe("From the first byte that was sent to the end");

const headers = z
  .record(text(256), z.union([text(responseLimits.headerBytes), z.array(text(responseLimits.headerBytes))]))
  .refine((all) => Object.keys(all).length <= responseLimits.headers, "Too many headers.")
  .refine((all) => JSON.stringify(all).length <= 2 * responseLimits.headerBytes, "The headers are too long.");

const outcome = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("response"),
    status: z.int().min(200).max(599),
    headers: headers.describe("Names in lower case"),
    body: z
      .base64()
      .max(Math.ceil(responseLimits.bodyBytes / 3) * 4)
      .describe("Base64 of the first 16 KiB"),
    truncated: z.boolean().describe("Whether the body was longer"),
    duration_ms: durationMs,
  }),
  z.strictObject({
    kind: z.literal("error"),
    code: z.enum(["connect_reset", "connect_timeout", "response_timeout", "protocol_error"]),
    message: text(500),
    duration_ms: durationMs,
  }),
  z.strictObject({ kind: z.literal("not_sent") }),
]);

/**
 * Records what came of a request that was taken, as an attempt. Whatever failed is not tried again by itself. What was
 * not sent after all waits again, and is no attempt.
 */
export const reportDelivery = changeProcedure
  .input(
    z.strictObject({
      webhook_id: webhookId,
      session,
      event_id: eventId,
      attempt: z.int().min(1),
      outcome,
    }),
  )
  .output(z.object({ status: z.enum(["delivered", "failed", "pending"]) }))
  .mutation(async ({ ctx, input }) => {
    const { store } = ctx.runtime;
    const taking = { customerId: ctx.customerId, webhookId: input.webhook_id, session: input.session };
    const listener = (await store.getWebhook(taking.customerId, taking.webhookId))?.listener;
    if (!listener) throw notFound("listener");
    const taken = await store.findTaken(taking, input.event_id);
    if (taken?.claim.number !== input.attempt) throw lost();
    const { claim } = taken;
    if (input.outcome.kind === "not_sent") {
      await store.releaseDeliveries([claim]);
      return { status: "pending" as const };
    }
    const outcome = toOutcome(input.outcome, taken.takenAt);
    const next = decideForListener(outcome);
    const request = { ...requestOf(ctx.runtime, taken).stored, url: listener.forwardsTo };
    const [result] = await store.recordAttempts([{ claim, request, outcome, next }]);
    if (result !== "recorded") throw lost();
    return { status: next.status };
  });

const lost = () =>
  conflict("not_taken", "This is not taken by this program any more: it was reported, or given to another.");

type Reported = Exclude<z.infer<typeof outcome>, { kind: "not_sent" }>;

/** Dated by our own clock: the other machine's may be wrong. */
function toOutcome(reported: Reported, startedAt: number): Outcome {
  const common = {
    startedAt,
    durationMs: reported.duration_ms,
    timings: { dns: null, connect: null, tls: null, first_byte: null, body: null },
    peer: { address: null, tls_version: null, certificate_expires_at: null, reused: false },
  };
  if (reported.kind === "error")
    return { kind: "error", error: { code: reported.code, message: reported.message }, ...common };
  const { status, headers, body, truncated } = reported;
  const bytes = Buffer.from(body, "base64");
  return { kind: "response", status, response: { headers, body: bytes, truncated }, ...common };
}
