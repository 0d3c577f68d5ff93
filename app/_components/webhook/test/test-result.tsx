"use client";

import Link from "next/link";
import { AttemptView } from "@/app/_components/delivery/attempt-view";
import { DiagnosisNote } from "@/app/_components/delivery/diagnosis-note";
import { StateBadge } from "@/app/_components/status/state-badge";
import { deliveryState } from "@/app/_components/status/states";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { Problem } from "@/app/_components/ui/problem";
import { Skeleton } from "@/app/_components/ui/skeleton";
import type { Webhook } from "@/app/_components/webhook/types";
import { type Outputs, trpc } from "@/app/_trpc/client";

/** What came of a test: the verdict, the response, how long it took, and the request as it was sent. */
export function TestResult({
  webhook,
  delivery,
  isSending,
  problem,
  onSendAgain,
}: {
  webhook: Webhook;
  delivery: Outputs["webhooks"]["test"] | undefined;
  isSending: boolean;
  problem: string | null;
  onSendAgain: () => void;
}) {
  const { data: full } = trpc.deliveries.get.useQuery(
    { webhook_id: webhook.id, event_id: delivery?.id ?? "", details: true },
    { enabled: delivery !== undefined && !isSending },
  );
  const attempt = full?.attempts[0];
  if (problem) return <Problem message={problem} />;
  return (
    <Card
      title="Result"
      end={
        delivery && !isSending ? (
          <Button look="quiet" size="small" asChild>
            <Link href={`/dashboard/webhooks/${webhook.id}/deliveries/${delivery.id}`}>
              Open the delivery
            </Link>
          </Button>
        ) : null
      }
    >
      <div aria-live="polite" className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {isSending ? (
          <Skeleton className="h-40 w-full rounded-[10px]" />
        ) : !delivery ? (
          <p className="text-muted">Nothing sent yet. The answer of your endpoint appears here.</p>
        ) : (
          <>
            <p>
              <StateBadge state={deliveryState(delivery)} />{" "}
              {delivery.status === "delivered" && <span className="text-muted">Your endpoint took it.</span>}
            </p>
            {full && <DiagnosisNote delivery={full} onSendAgain={onSendAgain} />}
            {full && attempt && (
              <AttemptView
                attempt={attempt}
                payload={full.request?.payload ?? ""}
                ids={{ webhook_id: webhook.id, event_id: full.id }}
              />
            )}
          </>
        )}
      </div>
    </Card>
  );
}
