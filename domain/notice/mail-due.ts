import { noticeLimits } from "../limits";

const { firstMailMs, nextMailMs, retryMs, maxRetryMs, giveUpMs } = noticeLimits;

/** What of a member's mails says when the next one goes out. Times are epoch milliseconds. */
export type Mailing = {
  /** Null when nothing waits. */
  dueAt: number | null;
  /** When the last one was sent; null before the first. */
  sentAt: number | null;
  /** That failed in a row, and since when. */
  failures: number;
  failingSince: number | null;
};

/** How sending a mail ended, and whether there is more to tell by now. */
export type MailEnd = { isSent: boolean; hasMore: boolean };

/** When a member who is told of something gets it: what waits already takes it along. */
export function dueAfterNotice({ dueAt, sentAt }: Mailing, now: number): number {
  return dueAt ?? Math.max(now + firstMailMs, nextAfter(sentAt, now));
}

/**
 * A member's mails after one ended. One that could not be sent is tried again, with what happens meanwhile, for a day;
 * then what it told is given up.
 */
export function afterMail(
  before: Mailing,
  { isSent, hasMore }: MailEnd,
  now: number,
): Mailing & { isGivenUp: boolean } {
  const failingSince = Math.min(before.failingSince ?? now, now);
  const isGivenUp = !isSent && now - failingSince >= giveUpMs;
  if (!isSent && !isGivenUp) {
    const dueAt = now + Math.min(retryMs * 2 ** before.failures, maxRetryMs);
    return { ...before, dueAt, failures: before.failures + 1, failingSince, isGivenUp };
  }
  const sentAt = isSent ? now : before.sentAt;
  return { dueAt: hasMore ? nextAfter(now, now) : null, sentAt, failures: 0, failingSince: null, isGivenUp };
}

/** A clock that was set back makes nobody wait for longer. */
const nextAfter = (sentAt: number | null, now: number) =>
  sentAt === null ? now : Math.min(sentAt, now) + nextMailMs;
