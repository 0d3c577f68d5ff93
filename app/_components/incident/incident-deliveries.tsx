"use client";

import Link from "next/link";
import { StateBadge } from "@/app/_components/status/state-badge";
import { deliveryState } from "@/app/_components/status/states";
import { StatusCode } from "@/app/_components/status/status-code";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { BreakableName } from "@/app/_components/ui/breakable-name";
import { Problem } from "@/app/_components/ui/problem";
import { Cell, HeadCell, Row, Table } from "@/app/_components/ui/table";
import { type Outputs, trpc } from "@/app/_trpc/client";
import { incidentLimits } from "@/domain/limits";
import type { Incident } from "./types";

type Delivery = Outputs["deliveries"]["list"]["items"][number];

/** As many as the page shows. */
const shownDeliveries = 50;

/** The deliveries that an incident held up, newest first: those that are counted. */
export function IncidentDeliveries({ incident }: { incident: Incident }) {
  const { data, error, refetch } = trpc.deliveries.list.useQuery(inputOf(incident));
  if (error) return <Problem message={error.message} onRetry={() => void refetch()} />;
  if (!data) return null;
  const heldUp = data.items.filter((delivery) => isHeldUp(delivery, incident));
  if (heldUp.length === 0)
    return <p className="text-muted">None is on record: either no event came, or they are no longer kept.</p>;
  return (
    <>
      <Table label="Deliveries of the incident">
        <thead>
          <tr>
            <HeadCell>Status</HeadCell>
            <HeadCell>Event type</HeadCell>
            <HeadCell className="text-right">Attempts</HeadCell>
            <HeadCell className="text-right">Code</HeadCell>
            <HeadCell className="hidden text-right sm:table-cell">Accepted</HeadCell>
          </tr>
        </thead>
        <tbody>
          {heldUp.map((delivery) => (
            <Row key={delivery.id} className="relative">
              <Cell>
                <StateBadge state={deliveryState(delivery)} />
              </Cell>
              <Cell>
                <Link
                  href={`/dashboard/webhooks/${delivery.webhook_id}/deliveries/${delivery.id}`}
                  translate="no"
                  className="mono -outline-offset-2 after:absolute after:inset-0"
                >
                  <BreakableName name={delivery.event_type} />
                </Link>
              </Cell>
              <Cell className="text-right">{delivery.attempt_count}</Cell>
              <Cell className="text-right">
                {delivery.attempt_count > 0 && <StatusCode status={delivery.status_code} />}
              </Cell>
              <Cell className="hidden text-right text-muted sm:table-cell">
                <RelativeTime at={delivery.timestamp} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {data.next_cursor && <p className="mt-2 text-muted">{`The newest ${heldUp.length} are shown.`}</p>}
    </>
  );
}

function isHeldUp({ details, is_test }: Delivery, { started_at }: Incident): boolean {
  const endedAt = details?.ended_at ?? null;
  return !is_test && (endedAt === null || endedAt >= started_at);
}

const inputOf = ({ webhook_id, started_at, ended_at }: Incident) => ({
  webhook_id,
  since: new Date(Date.parse(started_at) - incidentLimits.waitedMs).toISOString(),
  until: ended_at ?? undefined,
  content: false,
  details: true,
  page_size: shownDeliveries,
});
