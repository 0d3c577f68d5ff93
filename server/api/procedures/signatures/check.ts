import { z } from "zod";
import type { Attempt, Store } from "@/db/store";
import { notFound } from "@/domain/errors";
import { checkSignature, type SentEvent } from "@/domain/signature/check";
import { eventIdsIn, readPasted } from "@/domain/signature/received";
import type { KeyRing } from "@/domain/webhook/seal";
import { eventId, eventIdShape, webhookId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { openSecrets } from "./secrets";

const maxText = 262_144;
const maxWords = 32_768;

/** Tells which secret and scheme a received request fits, or why it fits none. The secrets stay here. */
export const checkReceived = readProcedure
  .input(
    z.object({
      webhook_id: webhookId,
      headers: z
        .string()
        .max(maxText)
        .describe("As a log prints them, in whatever language, or the whole request"),
      body: z.string().max(maxText),
      computed: z
        .string()
        .max(maxWords)
        .optional()
        .describe("What the receiver's own code computed, or said when it refused the request"),
      event_id: eventId.optional().describe("The event it is about, if what was pasted does not say"),
    }),
  )
  .output(z.array(z.object({ tone: z.enum(["ok", "bad", "info"]), text: z.string() })))
  .mutation(async ({ ctx, input }) => {
    const { store, ring, clock } = ctx.runtime;
    const owner = { customerId: ctx.customerId, webhookId: input.webhook_id };
    const secrets = await openSecrets(store, ring, owner);
    if (!secrets) throw notFound("webhook");
    const received = readPasted({ headers: input.headers, body: input.body, words: input.computed ?? "" });
    return checkSignature({
      received,
      sent: await sentEvent(store, owner, [
        ...eventIdsIn(received),
        ...(input.event_id ? [input.event_id] : []),
      ]),
      secrets: secrets.open,
      others: await otherSecrets(store, ring, owner),
      nowSeconds: Math.floor(clock() / 1000),
    });
  });

type Owner = { customerId: string; webhookId: string };

/** The first of these events that the webhook was sent, as it was. */
async function sentEvent(store: Store, owner: Owner, ids: string[]): Promise<SentEvent | null> {
  for (const id of ids.filter((each) => eventIdShape.test(each))) {
    const found = await store.getDelivery(owner.customerId, owner.webhookId, id);
    if (!found?.delivery.content) continue;
    const attempts = found.attempts.flatMap((attempt) =>
      attempt.request
        ? [
            {
              number: attempt.number,
              headers: attempt.request.headers,
              aheadSeconds: clockAhead(attempt),
            },
          ]
        : [],
    );
    return { id, body: found.delivery.content.payload, attempts };
  }
  return null;
}

/** How far the Date of an answer was ahead of our clock, in seconds; null without one. */
function clockAhead({ startedAt, durationMs, response }: Attempt): number | null {
  const [date] = [response?.headers.date ?? []].flat();
  const answeredAt = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(answeredAt) ? null : Math.round((answeredAt - startedAt - durationMs) / 1000);
}

/** The secrets of the customer's other webhooks: code that holds the wrong one often holds one of these. */
async function otherSecrets(store: Store, ring: KeyRing, { customerId, webhookId }: Owner) {
  const webhooks = await store.listWebhooks(customerId);
  const others = webhooks.filter(({ id }) => id !== webhookId);
  const found = await Promise.all(
    others.map(async ({ id, url }) => {
      const secrets = await openSecrets(store, ring, { customerId, webhookId: id });
      return (secrets?.open ?? []).map(({ secret }) => ({ url, secret }));
    }),
  );
  return found.flat();
}
