import type { Attempt, Delivery } from "@/db/store";
import type { Evidence } from "@/domain/diagnosis/evidence";

/** What is known of a delivery's latest attempt. Throws when there is none. */
export function evidenceOf({ delivery, attempts }: { delivery: Delivery; attempts: Attempt[] }): Evidence {
  const [latest, ...earlier] = attempts;
  if (!latest) throw new Error("No attempt is on record.");
  const { error, statusCode, durationMs, timings, peer } = latest;
  return {
    error: error && { code: error.code, message: error.message },
    detail: error?.detail ?? null,
    statusCode,
    headers: latest.response?.headers ?? {},
    body: bodyOf(latest),
    url: latest.request?.url ?? null,
    durationMs,
    timings,
    peer,
    eventType: delivery.eventType,
    sentBytes: Buffer.byteLength(delivery.content?.payload ?? ""),
    data: null,
    rotation: null,
    history: { earlier: earlier.map(toEarlier), others: [] },
  };
}

const bodyOf = ({ response }: Attempt) =>
  response && response.headers["content-encoding"] === undefined ? Buffer.from(response.body).toString() : "";

const toEarlier = ({ statusCode, error, peer, durationMs }: Attempt) => ({
  statusCode,
  errorCode: error?.code ?? null,
  isReused: peer.reused,
  durationMs,
});
