import { latencyPercentileMs, type Rollup } from "../delivery/rollup";
import type { Certificate } from "./certificate";
import type { SystemEvent } from "./system-event";

/** What a webhook comes close to, while everything is still delivered. Times are epoch milliseconds. */
export type Warning =
  | { code: "certificate_expiring" | "client_certificate_expiring"; since: number; expiresAt: number }
  | { code: "slow"; since: number; p95Ms: number };

/** Since when what a webhook takes comes close to the timeout, and the latest 95th percentile of an hour. */
export type Slow = { since: number; p95Ms: number };

/** What a webhook shows at this moment. */
export function warningsOf(
  webhook: { certificate: Certificate | null; clientCertificate: Certificate | null; slow: Slow | null },
  now: number,
): Warning[] {
  const { certificate, clientCertificate, slow } = webhook;
  const expiring = (code: "certificate_expiring" | "client_certificate_expiring", of: Certificate | null) =>
    of && of.warnsAt <= now ? [{ code, since: of.warnsAt, expiresAt: of.expiresAt }] : [];
  const warnings: Warning[] = [
    ...expiring("certificate_expiring", certificate),
    ...expiring("client_certificate_expiring", clientCertificate),
  ];
  if (slow) warnings.push({ code: "slow", since: slow.since, p95Ms: slow.p95Ms });
  return warnings;
}

/** Of the timeout: what takes longer comes close to it. */
const slowShare = 1 / 2;
/** Fewer successes of an hour say nothing. */
const fewestSuccesses = 20;
/** One that was slow is so until it is clearly below, so that nobody is told again and again. */
const endsBelow = 3 / 4;

/**
 * What is checked of a webhook. `certificateTold` is the end of the certificate that the platform was told of;
 * `clientCertificate` is the one that the webhook itself shows.
 */
export type Checked = {
  certificate: Certificate | null;
  certificateTold: number | null;
  clientCertificate: Certificate | null;
  clientCertificateTold: number | null;
  slow: Slow | null;
};

/**
 * A webhook's warnings after a look at the last hour of its attempts, and what the platform is told: each occurrence
 * once. It is slow when 95 % of what succeeded took longer than half of what an attempt may take.
 */
export function checkWebhook(
  { certificate, certificateTold, clientCertificate, clientCertificateTold, slow: before }: Checked,
  hour: Rollup,
  timeoutMs: number,
  now: number,
): Omit<Checked, "certificate" | "clientCertificate"> & { tell: SystemEvent[] } {
  const tell: SystemEvent[] = [];
  if (isToTell(certificate, certificateTold, now)) {
    certificateTold = certificate.expiresAt;
    tell.push({ type: "webhook.certificate_expiring", certificate_expires_at: isoTime(certificateTold) });
  }
  if (isToTell(clientCertificate, clientCertificateTold, now)) {
    clientCertificateTold = clientCertificate.expiresAt;
    const certificate_expires_at = isoTime(clientCertificateTold);
    tell.push({ type: "webhook.client_certificate_expiring", certificate_expires_at });
  }
  const slow = slowAfter(before, hour, timeoutMs * slowShare, now);
  if (slow && !before) tell.push({ type: "webhook.slow", p95_ms: slow.p95Ms });
  return { certificateTold, clientCertificateTold, slow, tell };
}

/** Whether it ends soon and the platform does not know. `told` is the end of the one that it was told of. */
const isToTell = (
  certificate: Certificate | null,
  told: number | null,
  now: number,
): certificate is Certificate =>
  certificate !== null &&
  certificate.warnsAt <= now &&
  certificate.expiresAt > now &&
  certificate.expiresAt !== told;

const isoTime = (at: number) => new Date(at).toISOString();

function slowAfter(before: Slow | null, hour: Rollup, slowAfterMs: number, now: number): Slow | null {
  const p95Ms = latencyPercentileMs(hour, 0.95);
  if (p95Ms === null || (!before && hour.delivered < fewestSuccesses)) return null;
  const limitMs = before ? slowAfterMs * endsBelow : slowAfterMs;
  return p95Ms > limitMs ? { since: before?.since ?? now, p95Ms } : null;
}
