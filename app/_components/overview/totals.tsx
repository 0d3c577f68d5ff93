import type { OverviewStats } from "./types";

/** Figures of all webhooks: attempts of the last 24 hours by how they ended, and the deliveries that wait now. */
export function Totals({ overview }: { overview: OverviewStats }) {
  const { delivered, failed, pending_count, held_count } = overview;
  return (
    <dl className="grid grid-cols-4 gap-x-5 sm:grid-cols-[repeat(4,auto)]">
      <Figure label="Delivered attempts" value={delivered} />
      <Figure label="Failed attempts" value={failed} tone={failed > 0 ? "text-bad" : undefined} />
      <Figure label="Waiting" value={pending_count} />
      <Figure label="Held" value={held_count} tone={held_count > 0 ? "text-warn" : undefined} />
    </dl>
  );
}

function Figure({ label, value, tone }: { label: string; value: number; tone?: string | undefined }) {
  return (
    <div className="flex min-w-14 flex-col-reverse justify-end">
      <dt className="text-xs text-faint">{label}</dt>
      <dd className={`text-lg tabular-nums tracking-tight ${tone ?? ""}`}>{value.toLocaleString("en")}</dd>
    </div>
  );
}
