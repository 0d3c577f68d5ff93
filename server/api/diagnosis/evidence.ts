import type { Attempt, Delivery, Webhook } from "@/db/store";
import type { AttemptError } from "@/domain/delivery/outcome";
import { type Evidence, type History, noHistory, type OtherDelivery } from "@/domain/diagnosis/evidence";
import { nothingSeen } from "@/domain/diagnosis/outcome-evidence";
import { parseJson } from "@/domain/event/json";

/**
 * What is known of a delivery's latest attempt; `attempts` are the newest first. `error` is why it did not succeed,
 * and null when it did.
 */
export function evidenceOf(
  delivery: Pick<Delivery, "eventType" | "isTest" | "content">,
  attempts: Attempt[],
  error: AttemptError | null,
  webhook: Pick<Webhook, "url" | "rotation"> | null,
  others: OtherDelivery[] = [],
): Evidence {
  const [latest, ...before] = attempts;
  const payload = delivery.content?.payload ?? "";
  return {
    ...nothingSeen(error),
    ...(latest && seenIn(latest)),
    url: latest?.request?.url ?? webhook?.url ?? null,
    eventType: delivery.eventType,
    sentBytes: Buffer.byteLength(payload),
    data: dataOf(payload),
    rotation:
      webhook?.rotation && latest
        ? { ...webhook.rotation, failedAt: latest.startedAt, isTest: delivery.isTest }
        : null,
    history: historyOf(before, others),
  };
}

const seenIn = ({ statusCode, durationMs, timings, peer, response }: Attempt) => ({
  statusCode,
  durationMs,
  timings,
  peer,
  headers: response?.headers ?? {},
  body: response ? textOf(response) : "",
});

function historyOf(before: Attempt[], others: OtherDelivery[]): History {
  if (before.length === 0 && others.length === 0) return noHistory;
  const earlier = before.map(({ statusCode, error, peer, durationMs }) => ({
    statusCode,
    errorCode: error?.code ?? null,
    isReused: peer.reused,
    durationMs,
  }));
  return { earlier, others };
}

/** Of deliveries with their content, those that were attempted. */
export const othersOf = (deliveries: Delivery[]): OtherDelivery[] =>
  deliveries
    .filter(({ attemptCount }) => attemptCount > 0)
    .map(({ eventType, status, statusCode, attemptCount, content }) => ({
      eventType,
      isDelivered: status === "delivered",
      statusCode,
      sentBytes: Buffer.byteLength(content?.payload ?? ""),
      data: dataOf(content?.payload ?? ""),
      attemptCount,
    }));

function dataOf(payload: string): unknown {
  const parsed = parseJson(payload);
  const body = "value" in parsed ? parsed.value : null;
  return typeof body === "object" && body !== null && "data" in body ? body.data : null;
}

/** A compressed body has no words to read. */
function textOf({ headers, body }: NonNullable<Attempt["response"]>): string {
  return headers["content-encoding"] === undefined ? new TextDecoder().decode(body) : "";
}
