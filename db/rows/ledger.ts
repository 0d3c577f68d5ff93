import { createHash } from "node:crypto";
import type { DeliveryStatus } from "@/domain/delivery/decide";
import type { Skipped } from "@/domain/event/fan-out";
import { answerLimits } from "@/domain/limits";
import type { Cursor, LedgerCount, LedgerLine } from "../store";

/** Events that one look covers: few where it reads their bodies, of which each may be long. */
export const ledgerRows = { listed: 64, counted: answerLimits.countedAtOnce };

export type LedgerEvent = {
  key: number;
  id: string;
  type: string;
  isTest: boolean;
  createdAt: number;
  skipped: Skipped[];
};
export type LedgerWebhook = { key: number; id: string; url: string; deletedAt: number | null };
export type LedgerDelivery = {
  eventKey: number;
  webhookKey: number;
  status: DeliveryStatus;
  endedAt: number | null;
  attempts: number;
  statusCode: number | null;
  errorCode: string | null;
};
/** The latest attempts, and the digests of bodies, by the keys of events. */
export type Proofs = {
  sent: Map<string, { url: string | null; signedAt: number | null }>;
  digests: Map<number, string>;
};
export const sentName = (eventKey: number, webhookKey: number) => `${eventKey}.${webhookKey}`;
export const digestOf = (payload: string) => createHash("sha256").update(payload).digest("hex");

type Window = {
  events: LedgerEvent[];
  webhooks: LedgerWebhook[];
  deliveries: LedgerDelivery[];
  proofs: Proofs;
  /** The one webhook that is asked about; null for all. */
  only: number | null;
};

/** The lines of a few events, in their order, and of each in the order of the webhooks. */
export function linesOf({ events, webhooks, deliveries, proofs, only }: Window): LedgerLine[] {
  const byKey = new Map(webhooks.map((webhook) => [webhook.key, webhook]));
  const made = new Map<number, LedgerDelivery[]>();
  for (const delivery of deliveries) {
    made.set(delivery.eventKey, [...(made.get(delivery.eventKey) ?? []), delivery]);
  }
  return events
    .filter(({ isTest }) => !isTest)
    .flatMap((event) => {
      const own = [...(made.get(event.key) ?? []), ...missedOf(event)];
      return own
        .filter(({ webhookKey }) => only === null || webhookKey === only)
        .sort((a, b) => a.webhookKey - b.webhookKey)
        .map((outcome) => lineOf(event, outcome, byKey.get(outcome.webhookKey), proofs));
    });
}

type Outcome = Omit<LedgerDelivery, "status"> & { status: LedgerLine["status"] };

const missedOf = ({ key, skipped }: LedgerEvent): Outcome[] =>
  skipped
    .filter(([, reason]) => reason === "inactive")
    .map(([webhookKey]) => ({
      eventKey: key,
      webhookKey,
      status: "missed",
      endedAt: null,
      attempts: 0,
      statusCode: null,
      errorCode: null,
    }));

function lineOf(
  event: LedgerEvent,
  outcome: Outcome,
  webhook: LedgerWebhook | undefined,
  proofs: Proofs,
): LedgerLine {
  const { eventKey, webhookKey, status, endedAt, attempts, statusCode, errorCode } = outcome;
  const sent = proofs.sent.get(sentName(eventKey, webhookKey));
  return {
    eventId: event.id,
    eventType: event.type,
    acceptedAt: event.createdAt,
    ...nameOf(webhook),
    status,
    endedAt,
    attempts,
    statusCode,
    errorCode,
    proof: {
      url: sent?.url ?? webhook?.url ?? null,
      signedAt: sent?.signedAt ?? null,
      bodySha256: proofs.digests.get(eventKey) ?? "",
    },
  };
}

const nameOf = (webhook: LedgerWebhook | undefined) => ({
  webhookId: webhook?.id ?? null,
  isWebhookDeleted: webhook ? webhook.deletedAt !== null : true,
});

type CountedRow = { webhookKey: number; status: LedgerLine["status"]; count: number };
type Counts = { rows: CountedRow[]; webhooks: LedgerWebhook[]; only: number | null };

/** What became of some events, for the webhooks that are asked about. */
export function countsOf({ rows, webhooks, only }: Counts): LedgerCount[] {
  const byKey = new Map(webhooks.map((webhook) => [webhook.key, webhook]));
  return rows
    .filter(({ webhookKey }) => only === null || webhookKey === only)
    .map(({ webhookKey, status, count }) => ({ ...nameOf(byKey.get(webhookKey)), status, count }));
}

/** Where the next look begins; null when this one was the last. */
export function nextOf(events: LedgerEvent[]): Cursor | null {
  const last = events.at(-1);
  return last && events.length === ledgerRows.listed ? cursorAt({ at: last.createdAt, key: last.key }) : null;
}

export const cursorAt = ({ at, key }: { at: number; key: number }): Cursor => `${at}.${key}`;

/** What comes after a cursor; before the first, everything from `since` on. */
export function placeOf(after: Cursor | null, since: number): { at: number; key: number } {
  const [at = since, key = 0] = after === null ? [since, 0] : after.split(".").map(Number);
  return { at, key };
}
