"use client";

import Link from "next/link";
import { FailedAnswers } from "@/app/_components/delivery/failed-answers";
import { CauseLink } from "@/app/_components/diagnosis/cause-link";
import { ConfidenceMark } from "@/app/_components/diagnosis/confidence-mark";
import { Recoveries } from "@/app/_components/recovery/recoveries";
import { failedOf } from "@/app/_components/status/count-words";
import { StateBadge } from "@/app/_components/status/state-badge";
import { webhookStates } from "@/app/_components/status/states";
import { useNow } from "@/app/_components/time/now";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { useTimeZone } from "@/app/_components/time/time-zone";
import { Card } from "@/app/_components/ui/card";
import { Problem } from "@/app/_components/ui/problem";
import { trpc } from "@/app/_trpc/client";
import { IncidentDeliveries } from "./incident-deliveries";
import { fateWords, spanWords } from "./incident-words";
import { RecoverIncident } from "./recover-incident";
import type { Incident } from "./types";

/** One time for which a webhook failed in earnest: why, what came back, and what became of its events. */
export function IncidentPage({ initial, endpoint }: { initial: Incident; endpoint: string }) {
  const input = { webhook_id: initial.webhook_id, incident_id: initial.id };
  const { data: incident, error, refetch } = trpc.incidents.get.useQuery(input, { initialData: initial });
  const now = useNow();
  const zone = useTimeZone();
  if (error) return <Problem message={error.message} onRetry={() => void refetch()} />;
  const webhookPath = `/dashboard/webhooks/${incident.webhook_id}`;
  return (
    <div className="max-w-4xl">
      <nav aria-label="Breadcrumb" className="mb-1.5 truncate text-muted">
        <Link href="/dashboard" className="hover:text-ink hover:underline">
          Webhooks
        </Link>
        <span aria-hidden className="text-faint">
          {" / "}
        </span>
        <Link href={`${webhookPath}?tab=incidents`} translate="no" className="hover:text-ink hover:underline">
          {endpoint}
        </Link>
        <span aria-hidden className="text-faint">
          {" / "}
        </span>
        <span>Incident</span>
      </nav>
      <header className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="text-[1.0625rem] leading-6">{`Failing ${spanWords(incident, now, zone)}`}</h1>
        <StateBadge state={incident.ended_at === null ? webhookStates.failing : webhookStates.over} />
      </header>
      <Card>
        <section aria-label="Cause" className="grid gap-2 wrap-anywhere">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <ConfidenceMark confidence={incident.cause.confidence} />
            <CauseLink code={incident.cause.code} />
          </p>
          <p>
            <b className="font-semibold">{incident.cause.meaning}</b> <span>{incident.cause.next_step}</span>
          </p>
          <p>
            <Link
              href={`${webhookPath}/deliveries/${incident.event_id}`}
              className="text-accent underline underline-offset-2"
            >
              Show the delivery that failed
            </Link>
          </p>
        </section>
        <Facts incident={incident} />
      </Card>
      <div className="mt-5 mb-2 flex flex-wrap items-center justify-between gap-2">
        <h2>Deliveries that it held up</h2>
        <RecoverIncident incident={incident} />
      </div>
      <Recoveries webhookId={incident.webhook_id} />
      <IncidentDeliveries incident={incident} />
    </div>
  );
}

function Facts({ incident }: { incident: Incident }) {
  const { webhook_id, started_at, ended_at } = incident;
  const outcomes = incident.outcomes ?? [];
  return (
    <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 border-t border-line pt-3">
      <dt className="text-muted">Ended</dt>
      <dd>{ended_at ? <RelativeTime at={ended_at} /> : "Not yet: nothing was delivered since"}</dd>
      <dt className="text-muted">What came back</dt>
      <dd>
        {failedOf(outcomes).length === 0 ? (
          "No failed attempt is counted"
        ) : (
          <>
            <FailedAnswers outcomes={outcomes} webhookId={webhook_id} from={started_at} to={ended_at ?? ""} />
            <span className="text-faint"> · counted by whole minutes</span>
          </>
        )}
      </dd>
      <dt className="text-muted">Its events</dt>
      <dd>{fateWords(incident)}</dd>
    </dl>
  );
}
