import { CircleCheck, CircleX } from "lucide-react";
import { formatAge } from "@/app/_components/time/format";
import { Badge } from "@/app/_components/ui/badge";
import { Cell, HeadCell, Row, Table } from "@/app/_components/ui/table";
import type { Outputs } from "@/app/_trpc/client";

type Worker = Outputs["platform"]["overview"]["workers"][number];

/** The delivery workers, by when they were heard of. */
export function Workers({ workers }: { workers: Worker[] }) {
  if (workers.length === 0) return <p>No delivery worker has started. Events are accepted and wait.</p>;
  return (
    <Table label="Workers">
      <thead>
        <tr>
          <HeadCell>Worker</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell className="text-right">Heard of</HeadCell>
          <HeadCell className="hidden sm:table-cell">Process</HeadCell>
        </tr>
      </thead>
      <tbody>
        {workers.map(({ id, is_alive, beat_age_ms, host, pid }) => (
          <Row key={id}>
            <Cell>
              <span translate="no" className="mono wrap-anywhere">
                {id}
              </span>
            </Cell>
            <Cell>
              {is_alive ? (
                <Badge tone="ok" icon={CircleCheck}>
                  Alive
                </Badge>
              ) : (
                <Badge tone="bad" icon={CircleX}>
                  Silent
                </Badge>
              )}
            </Cell>
            <Cell className="text-right whitespace-nowrap">
              {beat_age_ms < 2_000 ? "just now" : `${formatAge(beat_age_ms)} ago`}
            </Cell>
            <Cell className="hidden sm:table-cell">
              <span translate="no" className="mono wrap-anywhere text-muted">
                {host === "" ? pid : `${pid} of ${host}`}
              </span>
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
