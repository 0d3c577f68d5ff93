"use client";

import Link from "next/link";
import { ClockTime } from "@/app/_components/time/clock-time";
import { Problem } from "@/app/_components/ui/problem";
import { PayloadDifference } from "./payload-difference";
import { ResponseDifference } from "./response-difference";
import type { Attempt, FullDelivery } from "./types";
import { useLastSuccess } from "./use-last-success";

/** How a failed attempt differs from the latest event of its type that the webhook took: in what was sent and answered. */
export function SuccessDifference({ delivery, attempt }: { delivery: FullDelivery; attempt: Attempt }) {
  const { success, error } = useLastSuccess(delivery);
  if (error) return <Problem message={error.message} />;
  if (success === null) return <p className="text-muted">This webhook has no success of this type yet.</p>;
  const taken = success?.attempts[0];
  if (!success || !taken) return <p className="text-muted">Looking for the last success…</p>;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <p>
        <span className="text-muted">Compared with</span>{" "}
        <Link
          href={`/dashboard/webhooks/${success.webhook_id}/deliveries/${success.id}`}
          translate="no"
          className="mono wrap-anywhere text-accent underline underline-offset-2"
        >
          {success.id}
        </Link>
        <span className="text-muted">{`, the last ${success.event_type} that was taken, with ${taken.status_code} at `}</span>
        <ClockTime at={taken.started_at} />
        <span className="text-muted">. Red was there, green is here.</span>
      </p>
      <section>
        <h3 className="mb-1.5">Payload</h3>
        <PayloadDifference
          before={success.request?.payload ?? "null"}
          after={delivery.request?.payload ?? "null"}
        />
      </section>
      <section>
        <h3 className="mb-1.5">Response</h3>
        <ResponseDifference before={taken} after={attempt} />
      </section>
    </div>
  );
}
