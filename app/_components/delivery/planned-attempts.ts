/**
 * When the attempts that are still planned would come, if each of them failed: the next one is known, the others
 * follow by the schedule (each varies by 20 %).
 */
export function plannedAttempts(
  delivery: { status: string; next_attempt_at: string | null; tries: number },
  retryScheduleMs: readonly number[],
): number[] {
  if (delivery.status !== "pending" || delivery.next_attempt_at === null) return [];
  let at = Date.parse(delivery.next_attempt_at);
  const planned = [at];
  for (const delayMs of retryScheduleMs.slice(delivery.tries)) {
    at += delayMs;
    planned.push(at);
  }
  return planned;
}
