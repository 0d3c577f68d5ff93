import { addRollups, emptyRollup, type Rollup } from "@/domain/delivery/rollup";
import type { Certificate } from "@/domain/webhook/certificate";
import type { Checked, Slow } from "@/domain/webhook/warnings";

/** A webhook's row, in whichever database: what it may be warned of. */
export type WarningRow = {
  certificateExpiresAt: number | null;
  certificateWarnsAt: number | null;
  certificateTold: number | null;
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
  slow: slowOfRow(row),
});

/** Whether a look at the last hour could change anything. */
export function isToCheck(row: WarningRow & { lastAttemptAt: number | null }, now: number): boolean {
  const isRecent = row.lastAttemptAt !== null && row.lastAttemptAt >= now - 3_600_000;
  const isExpiring = row.certificateWarnsAt !== null && row.certificateWarnsAt <= now;
  const isTold = row.certificateExpiresAt === row.certificateTold;
  return isRecent || row.slowSince !== null || (isExpiring && !isTold);
}

export const hourOf = (minutes: { rollup: Rollup }[]): Rollup =>
  minutes.reduce((sum, { rollup }) => addRollups(sum, rollup), emptyRollup());

export const warningColumns = ({ certificateTold, slow }: Omit<Checked, "certificate">) => ({
  certificateTold,
  slowSince: slow?.since ?? null,
  slowP95Ms: slow?.p95Ms ?? null,
});
