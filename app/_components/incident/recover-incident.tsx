import { filtersOf } from "@/app/_components/delivery/delivery-query";
import { RecoverDialog } from "@/app/_components/delivery/recover-dialog";
import { incidentLimits } from "@/domain/limits";
import type { Incident } from "./types";

/** Sends again what an incident made fail; nothing where nothing did. */
export function RecoverIncident({ incident }: { incident: Incident }) {
  const { webhook_id, started_at, ended_at, deliveries } = incident;
  const failed = deliveries?.failed ?? 0;
  if (failed === 0) return null;
  return (
    <RecoverDialog
      label={`Recover ${failed.toLocaleString("en")} failed…`}
      filters={filtersOf({
        webhookId: webhook_id,
        status: "failed",
        from: new Date(Date.parse(started_at) - incidentLimits.waitedMs).toISOString(),
        to: ended_at ?? "",
      })}
    />
  );
}
