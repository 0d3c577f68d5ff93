import { type Delivery, type Hook, isInFlight, type Model, pendingOf } from "./state";

/** Contract rule 5: these answers refuse what was sent, and not whoever sends it. */
const refusals = ["400", "409", "413", "415", "422"];
/** Held deliveries of a kind that the store compares; of more, it may choose another. */
const compared = 256;

export const isRefusal = (code: string) => refusals.includes(code);

/** While the breaker is open, what is due goes one at a time, each in its turn (contract rule 5). */
export function judgeProbe(model: Model, delivery: Delivery, now: number): void {
  const { open } = delivery.hook;
  if (!open) return;
  const name = `delivery ${delivery.key}`;
  if (open.probe && open.probe !== delivery && isInFlight(open.probe, now)) {
    model.blame(19, `${name} is probed beside ${open.probe.key}`);
  }
  if (now < open.probeAt) model.blame(19, `${name} is probed ${open.probeAt - now} ms too early`);
  if (delivery.second !== null) return; // goes before all others
  const held = pendingOf(model, delivery.hook).filter((each) => each.dueAt <= now);
  if (held.length > compared) return;
  const next = nextProbe(held, open);
  if (next === delivery) return;
  const isPoisoned = open.wasRefused && delivery.refusedWith !== null;
  const turn = `although it is the turn of ${next?.key}`;
  model.blame(isPoisoned ? 30 : 19, `${name} is probed as number ${open.made} ${turn}`);
}

/**
 * What people asked for comes first. Else every second probe is of one that was never tried, the others are of the
 * oldest with the fewest probes; and after one that was refused comes one that was not.
 */
function nextProbe(held: Delivery[], { made, wasRefused }: NonNullable<Hook["open"]>): Delivery | undefined {
  const asked = held.filter((each) => each.isWanted || each.isAsked);
  if (asked.length > 0) return asked.sort((a, b) => a.dueAt - b.dueAt || a.key - b.key)[0];
  const sound = held.filter(({ refusedWith }) => refusedWith === null);
  const may = wasRefused && sound.length > 0 ? sound : held;
  const oldest = [...may].sort((a, b) => a.probes - b.probes || a.key - b.key);
  const ofKind = (wantsNew: boolean) => oldest.filter(({ attempts }) => (attempts.length === 0) === wantsNew);
  const isNewsTurn = made % 2 === 0;
  return ofKind(isNewsTurn)[0] ?? ofKind(!isNewsTurn)[0];
}

/** What a person asked for waits for no probe delay, only for the end of a probe in flight. */
export function letWantedGo(model: Model, hook: Hook): void {
  const { open } = hook;
  if (!open || open.probe?.lease) return;
  for (const each of pendingOf(model, hook)) {
    if (each.isWanted && !each.lease) open.probeAt = Math.min(open.probeAt, each.dueAt);
  }
}
