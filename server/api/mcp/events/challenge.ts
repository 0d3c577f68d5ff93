import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Attempt, Challenged, Delivery, Subscription } from "@/db/store";
import { challengeBody, controlId } from "@/domain/agent/control-body";
import type { Actor } from "@/domain/audit/actor";
import { ApiError, unavailable } from "@/domain/errors";
import type { Runtime } from "@/server/process/runtime";
import { awaitTest } from "../../procedures/webhooks/await-test";
import { callbackReason } from "./callback-reason";
import { callbackFailed, notFound } from "./errors";

/** What a callback is asked, once: a message, and what its answer has to hold. */
export type Challenge = { expected: string; message: { eventId: string; payload: string } };

export function createChallenge(): Challenge {
  const expected = randomBytes(32).toString("base64url");
  const eventId = controlId("verification", randomBytes(16).toString("hex"));
  return { expected, message: { eventId, payload: challengeBody(expected) } };
}

/**
 * Waits until the callback of an unproved subscription has answered its challenge, and makes the subscription active.
 * Else there is none: throws CallbackEndpointError for what came instead, `unavailable` when the callback could not be
 * asked. `after` is a position before the challenge was made.
 */
export async function settle(
  runtime: Runtime,
  challenged: Challenged,
  { expected, after, signal, by }: { expected: string; after: string; signal: AbortSignal; by: Actor },
): Promise<Subscription> {
  const { store } = runtime;
  try {
    const asked = await awaitTest(runtime, challenged, { after, signal });
    if (asked === null) throw unavailable("The callback could not be asked in time. Try again.");
    requireAnswer(asked, expected);
  } catch (error) {
    await store.settleChallenge(challenged, false, by);
    throw error instanceof ApiError && error.status === 404 ? ended() : error;
  }
  const subscription = await store.settleChallenge(challenged, true, by);
  if (!subscription) throw ended();
  return subscription;
}

/** Of two who ask for the same at once, the later one's secret counts. */
const ended = () =>
  notFound(
    "subscription",
    "The subscription was ended while its callback was asked: it was asked for once more, or its key counts no more.",
  );

function requireAnswer(
  { delivery, attempts }: { delivery: Delivery; attempts: Attempt[] },
  expected: string,
) {
  const { error, statusCode } = delivery;
  if (delivery.status === "delivered") {
    if (answers(attempts[0]?.response?.body, expected)) return;
    throw callbackFailed(
      'The callback answered, but not with the challenge: a 2xx with {"challenge": …} as it was sent is what counts.',
      "challenge_failed",
    );
  }
  const reason = error && callbackReason(error.code, statusCode);
  if (!reason) throw unavailable("The callback could not be asked. Try again.");
  throw callbackFailed(`The callback could not be verified. ${error.message}`, reason);
}

/**
 * Whether an answer holds the challenge, compared in constant time. What is kept of an answer, 16 KiB, is far more than
 * one that does: a longer one is cut, and no JSON.
 */
function answers(body: Uint8Array | undefined, expected: string): boolean {
  const answered = Buffer.from(challengeIn(body));
  const wanted = Buffer.from(expected);
  return answered.length === wanted.length && timingSafeEqual(answered, wanted);
}

function challengeIn(body: Uint8Array = new Uint8Array()): string {
  try {
    const answer: unknown = JSON.parse(Buffer.from(body).toString());
    if (typeof answer !== "object" || answer === null || !("challenge" in answer)) return "";
    return typeof answer.challenge === "string" ? answer.challenge : "";
  } catch {
    return "";
  }
}
