import type { AttemptReason } from "@/domain/delivery/decide";
import type { AfterLoss } from "@/domain/delivery/lost";
import { type SecretName, signingOf } from "@/domain/webhook/rotation";
import type { Claim } from "../store";

/** A due delivery before it is leased, and the webhook that it is for, in parts: one object may be several. */
type Due = {
  delivery: {
    key: number;
    eventType: string;
    isTest: boolean;
    triedUrl: string | null;
    attempts: number;
    tries: number;
    lease: number;
    nextReason: AttemptReason;
    isAskedAgain: boolean;
    refusal: string | null;
    signsWith: SecretName | null;
  };
  event: { eventId: string; createdAt: number; payload: string };
  webhook: Omit<Claim["webhook"], keyof Queue | "succeededMsAgo"> & {
    previousSecretUntil: number | null;
    signsWith: SecretName;
  };
  queue: Queue;
};
type Queue = { isDraining: boolean; drain: number; succeededAt: number | null; customerId: string };

/** `reason` is null where it is the delivery's own; `after` says what comes of its lost attempt, if it has one. */
export function toClaim(
  { delivery, event, webhook, queue }: Due,
  { reason, after, now }: { reason: AttemptReason | null; after: AfterLoss | null; now: number },
): Claim {
  const { succeededAt } = queue;
  const wasLost = after !== null;
  const previousSecret = (webhook.previousSecretUntil ?? 0) > now ? webhook.previousSecret : null;
  return {
    delivery: delivery.key,
    lease: delivery.lease + 1,
    number: delivery.attempts + (wasLost ? 1 : 0) + 1,
    reason: reason ?? (after === "anew" ? "manual" : delivery.nextReason),
    isTest: delivery.isTest,
    isTrial: delivery.triedUrl !== null,
    tries: delivery.tries,
    isAsked: delivery.isAskedAgain,
    wasRefused: !wasLost && delivery.refusal !== null,
    // An agent looks for its secret among all signatures: none leads.
    signing: signingOf(previousSecret !== null && webhook.subscriptionId === null, {
      webhook: webhook.signsWith,
      delivery: delivery.signsWith,
    }),
    event: {
      id: event.eventId,
      type: delivery.eventType,
      createdAt: event.createdAt,
      payload: event.payload,
    },
    webhook: {
      key: webhook.key,
      customerKey: webhook.customerKey,
      id: webhook.id,
      customerId: queue.customerId,
      subscriptionId: webhook.subscriptionId,
      url: delivery.triedUrl ?? webhook.url,
      secret: webhook.secret,
      previousSecret,
      headers: webhook.headers,
      timeoutMs: webhook.timeoutMs,
      clientCertificate: webhook.clientCertificate,
      clientKey: webhook.clientKey,
      version: webhook.version,
      // A success of the future was dated by a clock that has been put right since.
      succeededMsAgo: succeededAt === null || succeededAt > now ? null : now - succeededAt,
      isDraining: queue.isDraining,
      drain: queue.drain,
    },
  };
}
