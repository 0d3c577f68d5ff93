"use client";

import { formatAge } from "@/app/_components/time/format";
import { useNow } from "@/app/_components/time/now";
import { Card } from "@/app/_components/ui/card";
import { type Outputs, trpc } from "@/app/_trpc/client";

type Recovery = Outputs["webhooks"]["runningRecoveries"][number];

const refreshMs = 1_000;

/** Recoveries under way, with how far they are. They are the server's, so a reload finds them again. */
export function RunningRecoveries({ webhookId }: { webhookId: string }) {
  const { data: recoveries = [] } = trpc.webhooks.runningRecoveries.useQuery(
    { webhook_id: webhookId },
    { refetchInterval: ({ state }) => (state.data?.length ? refreshMs : false) },
  );
  return recoveries.map((recovery) => <Progress key={recovery.id} recovery={recovery} />);
}

function Progress({ recovery: { total, done, created_at } }: { recovery: Recovery }) {
  const elapsedMs = Math.max(1, useNow() - Date.parse(created_at));
  const perSecond = (done / elapsedMs) * 1000;
  const share = total === 0 ? 0 : Math.round((done / total) * 100);
  return (
    <div className="mb-4">
      <Card>
        <p className="mb-2">
          <b>Recovering</b> <span>{`${done.toLocaleString("en")} of ${total.toLocaleString("en")}`}</span>
          {perSecond >= 1 && done < total && (
            <span className="text-muted">
              {` · ${Math.round(perSecond).toLocaleString("en")} per second · about ${formatAge(((total - done) / perSecond) * 1000)} left`}
            </span>
          )}
        </p>
        <progress
          aria-label="Recovery"
          value={share}
          max={100}
          className="h-1.5 w-full appearance-none overflow-hidden rounded bg-off-ground [&::-moz-progress-bar]:bg-accent-solid [&::-webkit-progress-bar]:bg-off-ground [&::-webkit-progress-value]:bg-accent-solid"
        />
      </Card>
    </div>
  );
}
