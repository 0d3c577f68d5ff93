/**
 * How long an attempt may take: as long as the webhook says, and never longer than the service lets any, which may be
 * less than it was when that was written. Both in milliseconds.
 */
export const timeoutOf = ({ timeoutMs }: { timeoutMs?: number | null }, serviceMs: number): number =>
  Math.min(timeoutMs ?? serviceMs, serviceMs);
