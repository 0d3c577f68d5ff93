import type { Peer } from "../delivery/outcome";

/** The certificate that an endpoint showed last: when it ends, and from when on that is a warning. */
export type Certificate = { expiresAt: number; warnsAt: number };

const warnsBeforeMs = 14 * 24 * 3_600_000;
/** One that lasts for days is renewed in its last third: until then there is nothing to warn of. */
const renewedAfter = 2 / 3;

/** What an attempt saw; null when it saw none, as over a connection that failed before. */
export function certificateOf({
  certificate_expires_at: end,
  certificate_valid_from: begin,
}: Peer): Certificate | null {
  if (end === null) return null;
  const expiresAt = Date.parse(end);
  return { expiresAt, warnsAt: warnsAtOf(begin ? Date.parse(begin) : Number.NaN, expiresAt) };
}

/** From when on the end of a certificate is a warning. Epoch milliseconds; `validFrom` is NaN where it is not known. */
export function warnsAtOf(validFrom: number, expiresAt: number): number {
  const usuallyRenewedAt = validFrom + (expiresAt - validFrom) * renewedAfter;
  const warnsAt = expiresAt - warnsBeforeMs;
  return usuallyRenewedAt > warnsAt ? Math.round(usuallyRenewedAt) : warnsAt;
}
