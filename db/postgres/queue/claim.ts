import { shareLimits } from "@/domain/limits";
import { type Places, roomAt } from "@/domain/queue/places";
import { afterStarts } from "@/domain/queue/rate";
import { inTurn, type Offer, shareTurns } from "@/domain/queue/turns";
import type { Claim, ClaimRequest, QueueStore } from "../../store";
import type { Connection, Transaction } from "../connection/connection";
import { together } from "../connection/together";
import { findDue, findWithDue } from "./due-deliveries";
import { holdLapsed } from "./lapsed";
import { type Leased, takeDeliveries } from "./lease";
import { endPauses } from "./pause-ends";
import { serveQueues } from "./queue-row";
import { endDrains, findReady, type Ready, reserveReady } from "./ready-webhooks";
import { releaseClaims, tellClaims } from "./release";
import { claimTests } from "./test-claims";
import { lookForDue, nextClaimInMs } from "./wake";
import type { WriteOfWorker } from "./write-of-worker";

type Verbs = Pick<QueueStore, "claimDeliveries" | "releaseDeliveries" | "tellInFlight" | "nextDueInMs">;

/** Up to `room` may go; of what is due, `asked` were looked for. */
type Looked = Ready & Offer & { asked: number; room: number };
type Turn = { offer: Looked; deliveries: number[] };

export function claimVerbs({ db, write, turnedClock }: Connection, writeTogether: WriteOfWorker): Verbs {
  return {
    claimDeliveries: (request) => writeTogether("claim", (tx) => claim(tx, request)),
    releaseDeliveries: (claims) => write((tx) => releaseClaims(tx, claims)),
    tellInFlight: (claims) => write(({ db }) => tellClaims(db, claims)),
    nextDueInMs: () => nextClaimInMs(db, turnedClock()),
  };
}

async function claim(tx: Transaction, request: ClaimRequest): Promise<Claim[]> {
  const places = { ...request, customerShare: shareLimits.ofFree };
  const [due, ready] = await together([lookForDue(tx, request), findReady(tx, places)]);
  if (due.pauses) await endPauses(tx);
  const tests = due.tests ? await claimTests(tx, request) : [];
  const candidates = due.pauses ? await findReady(tx, places) : ready;
  const others = request.slots > 0 ? await claimOrdinary(tx, request, candidates, places) : [];
  return [...tests, ...others];
}

async function claimOrdinary(
  tx: Transaction,
  request: ClaimRequest,
  candidates: Ready[],
  places: Places,
): Promise<Claim[]> {
  const turns = await turnsOf(tx, await offersOf(tx, candidates, places), places);
  if (turns.length === 0) return [];
  const leased = await holdLapsed(tx, await takeDeliveries(tx, turns.map(toLeased), request));
  await serve(tx, turns, leased, request);
  return leased.flatMap(({ claims }) => claims);
}

/** No more than could get a place are asked for what is due, and for no more than each would get in equal parts. */
async function offersOf(tx: Transaction, candidates: Ready[], places: Places): Promise<Looked[]> {
  const part = 1 + Math.ceil(places.slots / Math.max(1, candidates.length));
  const offers: Looked[] = [];
  const order = inTurn(candidates, places);
  // More each time that others are at the first ones.
  for (let more = 1; offers.length < places.slots; more *= 2) {
    const next = takeFrom(order, (places.slots - offers.length) * more);
    if (next.length === 0) break;
    const keys = next.map(({ webhookKey }) => webhookKey);
    const looked = (await reserveReady(tx, keys)).map((ready) => {
      const room = roomAt(ready, places, tx.now);
      // Which ones go first of what drains depends on how many may go.
      return { ...ready, room, asked: ready.isDraining ? room : Math.min(room, part), due: [] };
    });
    offers.push(...(await withDue(tx, looked)).filter(({ due }) => due.length > 0));
  }
  return offers;
}

function takeFrom<Item>(items: Iterator<Item>, count: number): Item[] {
  const taken: Item[] = [];
  while (taken.length < count) {
    const { value, done } = items.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

/** As if each had offered all that has room: whoever got all that was looked for is asked for more. */
async function turnsOf(tx: Transaction, offers: Looked[], places: Places): Promise<Turn[]> {
  for (;;) {
    const turns = shareTurns(offers, places);
    const short = turns.filter(
      ({ offer: { asked, room }, deliveries }) => asked < room && deliveries.length === asked,
    );
    if (short.length === 0) return turns;
    for (const { offer } of short) offer.asked = Math.min(offer.room, offer.asked * 4);
    await withDue(
      tx,
      short.map(({ offer }) => offer),
    );
  }
}

async function withDue({ db, now }: Transaction, offers: Looked[]): Promise<Looked[]> {
  const due = await findDue(db, offers, now);
  for (const offer of offers) offer.due = due.get(offer.webhookKey) ?? [];
  return offers;
}

const toLeased = ({ offer: { webhookKey, isOpen }, deliveries }: Turn): Leased => ({
  webhookKey,
  keys: deliveries,
  reason: isOpen ? "probe" : null,
});

async function serve(
  { db, now }: Transaction,
  turns: Turn[],
  leased: { webhookKey: number; claims: Claim[] }[],
  { leaseMs }: ClaimRequest,
): Promise<void> {
  const claimed = new Map(leased.map(({ webhookKey, claims }) => [webhookKey, claims.length]));
  const served = turns.map(({ offer, deliveries: { length: count } }) => ({
    webhookKey: offer.webhookKey,
    count,
    probeAt: offer.isOpen && (claimed.get(offer.webhookKey) ?? 0) > 0 ? now + leaseMs : null,
    rateNextAt: offer.isOpen ? offer.rateNextAt : afterStarts(offer, count, now),
  }));
  await serveQueues(db, served);
  const draining = turns.filter(({ offer }) => offer.isDraining).map(({ offer }) => offer.webhookKey);
  const stillDue = await findWithDue(db, draining, now);
  await endDrains(
    db,
    draining.filter((key) => !stillDue.has(key)),
  );
}
