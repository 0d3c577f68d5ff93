import { z } from "zod";
import type { Store } from "@/db/store";
import { notFound } from "@/domain/errors";
import { parseHeaderText } from "@/domain/webhook/header-text";
import { checkSignature } from "@/domain/webhook/signature-check";
import { eventIdShape, webhookId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { openSecrets } from "./secrets";

const maxHeaderText = 32_768;
const maxBody = 262_144;

/** Tells which secret and scheme a received request fits, or why it fits none. The secret stays here. */
export const checkReceived = readProcedure
  .input(
    z.object({
      webhook_id: webhookId,
      headers: z.string().max(maxHeaderText).describe("As a log prints them: lines or JSON"),
      body: z.string().max(maxBody),
      computed: z.string().max(500).optional().describe("What the receiver's own code computed"),
    }),
  )
  .output(z.array(z.object({ tone: z.enum(["ok", "bad", "info"]), text: z.string() })))
  .mutation(async ({ ctx, input }) => {
    const { store, ring, clock } = ctx.runtime;
    const owner = { customerId: ctx.customerId, webhookId: input.webhook_id };
    const secrets = await openSecrets(store, ring, owner);
    if (!secrets) throw notFound("webhook");
    const headers = parseHeaderText(input.headers);
    return checkSignature({
      headers,
      body: input.body,
      sentBody: await sentBody(store, owner, headers["webhook-id"] ?? headers["x-event-id"]),
      secrets: secrets.open,
      computed: input.computed?.trim() || null,
      nowSeconds: Math.floor(clock() / 1000),
    });
  });

async function sentBody(
  store: Store,
  { customerId, webhookId }: { customerId: string; webhookId: string },
  eventId: string | undefined,
): Promise<string | null> {
  if (!eventId || !eventIdShape.test(eventId)) return null;
  const found = await store.getDelivery(customerId, webhookId, eventId);
  return found?.delivery.content?.payload ?? null;
}
