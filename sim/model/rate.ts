import { count, type Hook, type Model, type Rate } from "./state";

/** Full, whatever the clock says: who took none has none to wait for, also when the clock is put back. */
export const newRate = (perSecond: number | null | undefined): Rate | null =>
  perSecond == null ? null : { perSecond, tokens: most(perSecond), at: 0 };

/** Tokens that are there; none while the clock has yet to come to where they were counted. */
export function tokensOf({ rate }: Hook, now: number): number {
  if (!rate) return Number.POSITIVE_INFINITY;
  if (now < rate.at) return 0;
  return Math.min(most(rate.perSecond), rate.tokens + ((now - rate.at) * rate.perSecond) / 1_000);
}

/** An attempt begins that has to wait for its token. */
export function takeToken(model: Model, hook: Hook, now: number): void {
  if (!hook.rate) return;
  const left = tokensOf(hook, now) - 1;
  if (left < -slack) model.blame(34, `webhook ${hook.id} got more than ${hook.rate.perSecond} a second`);
  Object.assign(hook.rate, { tokens: left, at: Math.max(now, hook.rate.at) });
  count(model, "tokens taken");
}

/** One is lost with a delivery that ended in its turn without an attempt. */
export function loseToken(hook: Hook, now: number): void {
  if (hook.rate)
    Object.assign(hook.rate, { tokens: tokensOf(hook, now) - 1, at: Math.max(now, hook.rate.at) });
}

/** Whether what is due may begin as far as its limit is concerned, with time to notice. */
export const hasToken = (hook: Hook, now: number) => hook.open !== null || tokensOf(hook, now) >= 1 + slack;

const most = (perSecond: number) => Math.max(1, perSecond);
/** Both sides count in fractions. */
const slack = 1e-3;
