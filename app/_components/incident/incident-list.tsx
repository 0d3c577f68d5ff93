"use client";

import { CauseLink } from "@/app/_components/diagnosis/cause-link";
import { countWords } from "@/app/_components/status/count-words";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Problem } from "@/app/_components/ui/problem";
import { trpc } from "@/app/_trpc/client";
import { IncidentLink } from "./incident-link";
import { fateWords } from "./incident-words";
import type { Incident } from "./types";

/** The times for which a webhook failed in earnest, newest first: when, why, and what became of its events. */
export function IncidentList({ webhookId }: { webhookId: string }) {
  const { data: incidents, error, refetch } = trpc.incidents.list.useQuery({ webhook_id: webhookId });
  if (error) return <Problem message={error.message} onRetry={() => void refetch()} />;
  if (!incidents) return null;
  if (incidents.length === 0)
    return (
      <EmptyState title="No incident is on record">
        An incident begins when the endpoint fails several times in a row, and is kept for a year.
      </EmptyState>
    );
  return (
    <ul aria-label="Incidents" className="rounded-[10px] border border-line bg-panel">
      {incidents.map((incident) => (
        <li key={incident.id} className="border-b border-line px-4 py-3 last:border-b-0">
          <IncidentLine incident={incident} />
        </li>
      ))}
    </ul>
  );
}

function IncidentLine({ incident }: { incident: Incident }) {
  const told = [countWords(incident.outcomes ?? []), fateWords(incident)].filter(Boolean).join(" · ");
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <b className="font-semibold">Failing</b> <IncidentLink incident={incident} />
        <CauseLink code={incident.cause.code} />
      </p>
      <p className="wrap-anywhere">{incident.cause.meaning}</p>
      <p className="text-muted">{told}</p>
    </>
  );
}
