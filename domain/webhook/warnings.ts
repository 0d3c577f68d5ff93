import { latencyPercentileMs, type Rollup } from "../delivery/rollup";
import type { Certificate } from "./certificate";
import type { SystemEvent } from "./system-event";

/** What a webhook comes close to, while everything is still delivered. Times are epoch milliseconds. */
export type Warning =
  | { code: "certificate_expiring"; since: number; expiresAt: number }
  | { code: "slow"; since: number; p95Ms: number };

/** Since when what a webhook takes comes close to the timeout, and the latest 95th percentile of an hour. */
export type Slow = { since: number; p95Ms: number };

/** What a webhook shows at this moment. */
export function warningsOf(
  webhook: { certificate: Certificate | null; slow: Slow | null },
  now: number,
): Warning[] {
  const { certificate, slow } = webhook;
  const warnings: Warning[] = [];
  if (certificate && certificate.warnsAt <= now)
    warnings.push({
      code: "certificate_expiring",
      since: certificate.warnsAt,
      expiresAt: certificate.expiresAt,
    });
  if (slow) warnings.push({ code: "slow", since: slow.since, p95Ms: slow.p95Ms });
  return warnings;
}

/** Of the timeout: what takes longer comes close to it. */
const slowShare = 1 / 2;
/** Fewer successes of an hour say nothing. */
const fewestSuccesses = 20;
/** One that was slow is so until it is clearly below, so that nobody is told again and again. */
const endsBelow = 3 / 4;

/** What is checked of a webhook. `certificateTold` is the end of the certificate that the platform was told of. */
export type Checked = { certificate: Certificate | null; certificateTold: number | null; slow: Slow | null };

/**
 * A webhook's warnings after a look at the last hour of its attempts, and what the platform is told: each occurrence
 * once. It is slow when 95 % of what succeeded took longer than half of what an attempt may take.
 */
export function checkWebhook(
  { certificate, certificateTold, slow: before }: Checked,
  hour: Rollup,
  timeoutMs: number,
  now: number,
): Omit<Checked, "certificate"> & { tell: SystemEvent[] } {
  const tell: SystemEvent[] = [];
  const isExpiring = certificate !== null && certificate.warnsAt <= now && certificate.expiresAt > now;
  if (isExpiring && certificate.expiresAt !== certificateTold) {
    certificateTold = certificate.expiresAt;
    tell.push({
      type: "webhook.certificate_expiring",
      certificate_expires_at: new Date(certificate.expiresAt).toISOString(),
    });
  }
  const slow = slowAfter(before, hour, timeoutMs * slowShare, now);
  if (slow && !before) tell.push({ type: "webhook.slow", p95_ms: slow.p95Ms });
  return { certificateTold, slow, tell };
}

function slowAfter(before: Slow | null, hour: Rollup, slowAfterMs: number, now: number): Slow | null {
  const p95Ms = latencyPercentileMs(hour, 0.95);
  if (p95Ms === null || (!before && hour.delivered < fewestSuccesses)) return null;
  const limitMs = before ? slowAfterMs * endsBelow : slowAfterMs;
  return p95Ms > limitMs ? { since: before?.since ?? now, p95Ms } : null;
}
