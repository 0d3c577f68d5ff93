import type { AttemptRecord, Claim } from "@/db/store";
import { decideForAgent, decideNext, type Next } from "@/domain/delivery/decide";
import type { Outcome } from "@/domain/delivery/outcome";
import { buildRequest, type Reveal } from "@/domain/delivery/outgoing-request";
import { identityOf } from "./identities";
import type { Sender } from "./send";

export type Delivering = {
  sender: Sender;
  reveal: Reveal;
  version: string;
  retryScheduleMs: readonly number[];
  /** Epoch milliseconds. */
  clock: () => number;
  /** A number in [0, 1). */
  random: () => number;
  /** Told of what should not happen: a bug, or a secret that does not open. */
  onSurprise: (error: unknown, claim: Claim) => void;
};

/**
 * One attempt from claim to decision: build and sign, send, decide. Never throws: what should not happen ends
 * the attempt with the class `internal`, so that one bad row stops nobody.
 * @param ended told how it ended; says after how many milliseconds it may be made again if it only came too soon
 */
export async function deliver(
  claim: Claim,
  delivering: Delivering,
  ended: (outcome: Outcome) => number | null,
): Promise<AttemptRecord> {
  const startedAt = delivering.clock();
  let stored: AttemptRecord["request"] = { url: claim.webhook.url, headers: {} };
  let outcome: Outcome;
  try {
    const request = buildRequest(claim, delivering.reveal, delivering.version, startedAt);
    stored = request.stored;
    const { id: pool, timeoutMs } = claim.webhook;
    outcome = await delivering.sender.send({
      pool,
      timeoutMs,
      identity: identityOf(claim, delivering.reveal),
      ...request.outgoing,
    });
  } catch (error) {
    delivering.onSurprise(error, claim);
    outcome = internalOutcome(startedAt, delivering.clock() - startedAt);
  }
  const next = decide(claim, outcome, delivering, ended(outcome));
  return { claim, request: stored, outcome, next };
}

function decide(claim: Claim, outcome: Outcome, delivering: Delivering, againInMs: number | null): Next {
  if (claim.webhook.subscriptionId !== null) return decideForAgent(claim, outcome, againInMs);
  return decideNext(claim, outcome, delivering.retryScheduleMs, delivering.random(), againInMs);
}

/** An attempt that a fault of ours ended. */
function internalOutcome(startedAt: number, durationMs: number): Outcome {
  return {
    kind: "error",
    error: {
      code: "internal",
      message: "Fanfare could not make this attempt because of a fault of its own.",
    },
    startedAt,
    durationMs,
    timings: { dns: null, connect: null, tls: null, first_byte: null, body: null },
    peer: { address: null, tls_version: null, certificate_expires_at: null, reused: false },
  };
}
