import { randomBytes } from "node:crypto";
import { z } from "zod";
import { notFound } from "@/domain/errors";
import { rotationLimits } from "@/domain/limits";
import { seal, secretOwner } from "@/domain/webhook/seal";
import { webhookId } from "../../inputs";
import { changeProcedure } from "../../trpc";
import { secret } from "./fields";

const { overlapSeconds, maxOverlapSeconds } = rotationLimits;

/** Both secrets sign during the overlap. Answers the new one only when it was made here, and only now. */
export const rotateSecret = changeProcedure
  .input(
    z.strictObject({
      webhook_id: webhookId,
      secret: secret.min(1).describe("The new secret; one is generated when absent").optional(),
      overlap_seconds: z.int().min(0).max(maxOverlapSeconds).default(overlapSeconds),
    }),
  )
  .output(z.object({ secret: z.string() }).nullable())
  .mutation(async ({ ctx, input }) => {
    const { store, ring } = ctx.runtime;
    const secret = input.secret ?? generateSecret();
    const owner = { customerId: ctx.customerId, webhookId: input.webhook_id };
    const sealed = seal(ring, secret, secretOwner(owner));
    const overlapMs = input.overlap_seconds * 1000;
    const wasThere = await store.rotateSecret(owner.customerId, owner.webhookId, sealed, overlapMs, ctx.by);
    if (!wasThere) throw notFound("webhook");
    return input.secret === undefined ? { secret } : null;
  });

const generateSecret = () => `whsec_${randomBytes(32).toString("base64")}`;
