import { createHmac, hkdfSync } from "node:crypto";
import type { Creation } from "@/db/store";
import { badInput } from "@/domain/errors";
import { canonicalJson } from "@/domain/event/json";
import { webhookCreationLimits } from "@/domain/limits";
import type { CallHeaders } from "@/server/http/call";
import type { Env } from "@/server/process/env";

/** The header that names a request, so that it can be made again. https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ */
export const idempotencyHeader = "Idempotency-Key";

/** What says that nothing was made, because it was made before. Stripe's name. */
export const replayedHeader = "Idempotent-Replayed";

/**
 * What a call that may be made again is remembered by: its key, and a digest of its input, which holds no secret that
 * somebody without our key could guess at. Null without the header. Throws ApiError 400.
 */
export function creationOf(
  headers: CallHeaders,
  { authSecret }: Pick<Env, "authSecret">,
  input: unknown,
): Creation | null {
  const idempotencyKey = headers.get(idempotencyHeader);
  if (idempotencyKey === null) return null;
  if (!isPrintable(idempotencyKey)) {
    const message = `An ${idempotencyHeader} has 1 to ${webhookCreationLimits.keyLength} printable ASCII characters.`;
    throw badInput([{ path: [idempotencyHeader], message, code: "custom" }]);
  }
  const key = Buffer.from(hkdfSync("sha256", authSecret, "", "fanfare idempotency digest 1", 32));
  return { idempotencyKey, digest: createHmac("sha256", key).update(canonicalJson(input)).digest("hex") };
}

const isPrintable = (key: string) =>
  key.length <= webhookCreationLimits.keyLength && /^[\x20-\x7e]+$/.test(key);
