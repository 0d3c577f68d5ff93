import { addRollups, emptyRollup, type Rollup } from "@/domain/delivery/rollup";
import type { Certificate } from "@/domain/webhook/certificate";
import type { Checked, Slow } from "@/domain/webhook/warnings";

/** A webhook's row, in whichever database: what it may be warned of. */
export type WarningRow = {
  certificateExpiresAt: number | null;
  certificateWarnsAt: number | null;
  certificateTold: number | null;
  clientCertificate: Certificate | null;
  clientCertificateTold: number | null;
  slowSince: number | null;
  slowP95Ms: number | null;
};

export function certificateOfRow(row: WarningRow): Certificate | null {
  const { certificateExpiresAt: expiresAt, certificateWarnsAt: warnsAt } = row;
  return expiresAt === null || warnsAt === null ? null : { expiresAt, warnsAt };
}

export const slowOfRow = ({ slowSince: since, slowP95Ms: p95Ms }: WarningRow): Slow | null =>
  since === null || p95Ms === null ? null : { since, p95Ms };

export const checkedOf = (row: WarningRow): Checked => ({
  certificate: certificateOfRow(row),
  certificateTold: row.certificateTold,
  clientCertificate: row.clientCertificate,
  clientCertificateTold: row.clientCertificateTold,
  slow: slowOfRow(row),
});

/** Whether a look at the last hour could change anything. */
export function isToCheck(row: WarningRow & { lastAttemptAt: number | null }, now: number): boolean {
  const isRecent = row.lastAttemptAt !== null && row.lastAttemptAt >= now - 3_600_000;
  const isUntold = (certificate: Certificate | null, told: number | null) =>
    certificate !== null && certificate.warnsAt <= now && certificate.expiresAt !== told;
  return (
    isRecent ||
    row.slowSince !== null ||
    isUntold(certificateOfRow(row), row.certificateTold) ||
    isUntold(row.clientCertificate, row.clientCertificateTold)
  );
}

export const hourOf = (minutes: { rollup: Rollup }[]): Rollup =>
  minutes.reduce((sum, { rollup }) => addRollups(sum, rollup), emptyRollup());

export const warningColumns = (checked: Omit<Checked, "certificate" | "clientCertificate">) => ({
  certificateTold: checked.certificateTold,
  clientCertificateTold: checked.clientCertificateTold,
  slowSince: checked.slow?.since ?? null,
  slowP95Ms: checked.slow?.p95Ms ?? null,
});
