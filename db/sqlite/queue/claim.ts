import { hasLapsed } from "@/domain/agent/terms";
import { shareLimits } from "@/domain/limits";
import { type Places, roomAt } from "@/domain/queue/places";
import { afterStarts } from "@/domain/queue/rate";
import { inTurn, type Offer, shareTurns } from "@/domain/queue/turns";
import type { Claim, ClaimRequest, QueueStore } from "../../store";
import type { Connection } from "../connection/connection";
import { sequencesOf } from "../connection/sequences";
import { dueDeliveries, type Find } from "./due-deliveries";
import { leasesOf } from "./lease";
import { pauseEnds } from "./pause-ends";
import { queueRows } from "./queue-row";
import { readyWebhooks } from "./ready-webhooks";
import { testClaims } from "./test-claims";

type Verbs = Pick<QueueStore, "claimDeliveries" | "releaseDeliveries" | "tellInFlight" | "nextDueInMs">;

export function claimVerbs(connection: Connection): Verbs {
  const { write, clock } = connection;
  const sequences = sequencesOf(connection);
  const queue = queueRows(connection);
  const leases = leasesOf(connection);
  const tests = testClaims(connection);
  const webhooks = readyWebhooks(connection);
  const due = dueDeliveries(connection);
  const pauses = pauseEnds(connection);
  type Candidate = ReturnType<typeof webhooks.find>[number];
  /** Up to `room` may go; of what is due, `asked` were looked for. */
  type Looked = Candidate & Offer & { asked: number; room: number };
  type Turn = ReturnType<typeof shareTurns<Looked>>[number];

  return {
    async claimDeliveries(request) {
      const at = clock();
      const mayClaim =
        pauses.isAny(at) || tests.areDue(request, at) || (request.slots > 0 && webhooks.isAny(at));
      return mayClaim ? write(() => claim(request)) : [];
    },

    releaseDeliveries: (claims) =>
      write(() => {
        for (const claim of claims) leases.release(claim);
      }),

    tellInFlight: (claims) =>
      write(() => {
        const firstChange = sequences.take("change", claims.length);
        for (const [index, claim] of claims.entries()) leases.tell(claim, firstChange + index);
      }),

    async nextDueInMs() {
      const at = clock();
      const next = [webhooks.nextAt(at), tests.nextDueAt(at), pauses.nextAt()].filter(
        (time) => typeof time === "number",
      );
      return next.length === 0 ? null : Math.max(0, Math.min(...next) - at);
    },
  };

  function claim(request: ClaimRequest): Claim[] {
    const at = clock();
    pauses.resume(at);
    const claims = tests.claim(request, at);
    if (request.slots > 0) claims.push(...claimOrdinary(request, at));
    return claims.filter((claim) => claim !== null);
  }

  function claimOrdinary(request: ClaimRequest, at: number): (Claim | null)[] {
    const places = { ...request, customerShare: shareLimits.ofFree };
    const find = due.finder(at);
    const turns = turnsOf(offersOf(webhooks.find(places, at), places, find, at), places, find);
    if (turns.length === 0) return [];
    const firstTurn = sequences.take("turn", turns.length);
    return turns.flatMap((turn, index) => serve(turn, firstTurn + index, request, at));
  }

  /** No more than could get a place are asked for what is due, and for no more than each would get in equal parts. */
  function offersOf(candidates: Candidate[], places: Places, find: Find, at: number): Looked[] {
    const part = 1 + Math.ceil(places.slots / candidates.length);
    const offers: Looked[] = [];
    for (const candidate of inTurn(candidates, places)) {
      if (offers.length === places.slots) break;
      const room = roomAt(candidate, places, at);
      // Which ones go first of what drains depends on how many may go.
      const asked = candidate.isDraining ? room : Math.min(room, part);
      const offer = { ...candidate, room, asked, due: find(candidate, asked) };
      if (offer.due.length > 0) offers.push(offer);
    }
    return offers;
  }

  /** As if each had offered all that has room: whoever got all that was looked for is asked for more. */
  function turnsOf(offers: Looked[], places: Places, find: Find): Turn[] {
    for (;;) {
      const turns = shareTurns(offers, places);
      const short = turns.filter(
        ({ offer: { asked, room }, deliveries }) => asked < room && deliveries.length === asked,
      );
      if (short.length === 0) return turns;
      for (const { offer } of short) {
        offer.asked = Math.min(offer.room, offer.asked * 4);
        offer.due = find(offer, offer.asked);
      }
    }
  }

  function serve({ offer, deliveries }: Turn, turn: number, request: ClaimRequest, at: number) {
    const { webhookKey, isOpen, isDraining } = offer;
    const count = deliveries.length;
    const target = leases.findWebhook(webhookKey);
    if (hasLapsed(target?.webhook.expiresAt ?? null, at)) {
      webhooks.hold(webhookKey);
      return [];
    }
    const claims = leases.take(deliveries, target, isOpen ? "probe" : null, request, at);
    const isProbing = isOpen && claims.some((claim) => claim !== null);
    const probeAt = isProbing ? at + request.leaseMs : null;
    const rateNextAt = isOpen ? offer.rateNextAt : afterStarts(offer, count, at);
    queue.serve({ webhookKey, turn, count, isOpen, probeAt, rateNextAt });
    if (isDraining && !due.isAny(webhookKey, at)) webhooks.endDrain(webhookKey);
    return claims;
  }
}
