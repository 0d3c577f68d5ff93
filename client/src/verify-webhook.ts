import { fitsBody, fitsMessage, keysOf, type SigningKey } from "./signature";
import { signedHeaders, type WebhookHeaders } from "./signed-headers";
import { WebhookError } from "./webhook-error";
import type { WebhookEvent } from "./webhook-event";

export type WebhookRequest = {
  /** As the framework has them. */
  headers: WebhookHeaders;
  /** The raw body, before any parser. */
  body: string | Uint8Array | ArrayBuffer;
  /** The webhook's signing secret as it was registered; during a rotation the old and the new one. */
  secrets: string | readonly string[];
  /**
   * How old a request may be, and how far in the future. 300 when absent. Null takes any age, and then `X-Signature`
   * alone is enough, which does not cover the time.
   */
  toleranceSeconds?: number | null | undefined;
};

/**
 * Verifies that a request is Fanfare's, by Standard Webhooks' signature and by `X-Signature`, and answers its event.
 * Throws WebhookError, whose code says the mistake.
 */
export async function verifyWebhook(request: WebhookRequest): Promise<WebhookEvent> {
  const { toleranceSeconds = 300 } = request;
  const body = rawBody(request.body);
  const keys = await keysOf(request.secrets);
  const signed = signedHeaders(request.headers);
  if (!signed.message && toleranceSeconds !== null) throw new WebhookError("missing_header", noTime);
  if (signed.message && (await fitsMessage(keys, signed.message, body))) {
    if (toleranceSeconds !== null) checkAge(signed.message.timestamp, toleranceSeconds);
  } else if (toleranceSeconds !== null || !(await fitsBody(keys, signed.bodySignatures, body))) {
    await explain(keys, signed.bodySignatures, body);
  }
  return JSON.parse(new TextDecoder().decode(body)) as WebhookEvent;
}

const noTime =
  "There is no webhook-signature, only X-Signature, which does not cover the time: somebody on the way took it off. toleranceSeconds: null does without.";

const reserialised =
  "The body is not the text that was sent, but the same JSON printed again. Give the raw body, from before any JSON parser.";

/** The bytes that came in. A framework that parsed them gives anything else. */
function rawBody(body: unknown): Uint8Array {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : bytesOf(body);
  if (bytes.length > 0) return bytes;
  throw new WebhookError("empty_body", "The body is empty: was it read before?");
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (body === undefined || body === null) return new Uint8Array();
  throw new WebhookError(
    "body_reserialised",
    `The body is a parsed ${typeof body}. Give the raw text or bytes.`,
  );
}

function checkAge(timestamp: number, toleranceSeconds: number): void {
  const age = Math.floor(Date.now() / 1_000) - timestamp;
  if (age > toleranceSeconds) {
    throw new WebhookError(
      "stale_timestamp",
      `It was signed ${age} s ago, and ${toleranceSeconds} s are allowed: an old request that is sent again, or a wrong clock.`,
    );
  }
  if (-age > toleranceSeconds)
    throw new WebhookError("future_timestamp", `It was signed ${-age} s in the future: a wrong clock.`);
}

/** Finds the mistake behind a signature that does not fit. */
async function explain(keys: SigningKey[], bodySignatures: Uint8Array[], body: Uint8Array): Promise<never> {
  if (await fitsBody(keys, bodySignatures, body)) {
    throw new WebhookError(
      "altered_header",
      "The body is genuine, but webhook-id or webhook-timestamp is not what was signed with it.",
    );
  }
  if (!isAsSent(body)) throw new WebhookError("body_reserialised", reserialised);
  throw new WebhookError(
    "wrong_secret",
    "The signature fits none of the secrets: they are another webhook's or old ones, or the body was changed.",
  );
}

/** Fanfare's own JSON begins like this, without a blank; what prints JSON again writes another order, or blanks. */
function isAsSent(body: Uint8Array): boolean {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(body);
  return /^\{"id":"[^"]+","type":"[^"]+","created_at":"[^"]+","data":\{.*\}\}$/s.test(text);
}
