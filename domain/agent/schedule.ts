/**
 * Waits between the attempts of an agent's delivery, without jitter: what agents act on is soon stale, and the protocol
 * asks for three to five attempts in 10 to 15 minutes.
 */
export const agentScheduleMs: readonly number[] = [30_000, 120_000, 600_000];
