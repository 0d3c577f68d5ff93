"use client";

import { formatAge } from "@/app/_components/time/format";
import { Card } from "@/app/_components/ui/card";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Problem } from "@/app/_components/ui/problem";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { type Outputs, trpc } from "@/app/_trpc/client";
import { HourBars } from "./hour-bars";
import { PauseAll } from "./pause-all";
import { Workers } from "./workers";

const askEveryMs = 10_000;

/** How delivery goes over all customers: what came of it, what waits, and who does it. */
export function DeliveryOverview() {
  const { data, error, refetch } = trpc.platform.overview.useQuery(undefined, {
    refetchInterval: askEveryMs,
  });
  return (
    <>
      <PageHeader title="Delivery" beside={data && `Fanfare ${data.version}`}>
        {data && <PauseAll webhooks={data.webhooks} />}
      </PageHeader>
      {error && <Problem message={error.message} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-96 w-full rounded-[10px]" />}
      {data && (
        <div className="grid gap-4">
          <Figures overview={data} />
          <Card title="Attempts of all customers, 24 h">
            <Total hours={data.hours} />
            <HourBars hours={data.hours} />
          </Card>
          <section>
            <h2 className="mb-2">Workers</h2>
            <Workers workers={data.workers} />
          </section>
        </div>
      )}
    </>
  );
}

type Overview = Outputs["platform"]["overview"];

function Figures({ overview }: { overview: Overview }) {
  const { customers, webhooks, open_breakers, pending_count, oldest_due_age_ms, replica } = overview;
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
      <Figure name="Customers" value={count(customers)} />
      <Figure name="Webhooks" value={count(webhooks)} />
      <Figure name="Open breakers" value={count(open_breakers)} />
      <Figure name="Waiting" value={count(pending_count)} />
      <Figure
        name="Oldest due for"
        value={oldest_due_age_ms === null ? "none due" : formatAge(oldest_due_age_ms)}
      />
      <Figure name="Read replica" value={replicaWords(replica)} />
    </dl>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="rounded-[10px] border border-line bg-panel px-3 py-2.5">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="text-lg">{value}</dd>
    </div>
  );
}

function Total({ hours }: { hours: Overview["hours"] }) {
  const delivered = hours.reduce((sum, hour) => sum + hour.delivered, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  return <p className="mb-2 text-muted">{`${count(delivered)} delivered, ${count(failed)} failed`}</p>;
}

const count = (number: number) => number.toLocaleString("en");

function replicaWords(replica: Overview["replica"]): string {
  if (replica === null) return "none";
  if (!replica.in_use) return "not in use";
  return replica.lag_ms === null ? "in use" : `${(replica.lag_ms / 1000).toFixed(1)} s behind`;
}
