"use client";

import { Skeleton } from "@/app/_components/ui/skeleton";
import { trpc } from "@/app/_trpc/client";
import { Equation } from "./equation";

/** Of one webhook, for ever: what matched, and what became of it. Nothing before its first event. */
export function WebhookBalance({ webhookId }: { webhookId: string }) {
  const { data: balance } = trpc.stats.balance.useQuery({ webhook_id: webhookId });
  if (!balance) return <Skeleton className="mb-3 h-6" />;
  if (balance.matched === 0) return null;
  const own = `/dashboard/webhooks/${webhookId}`;
  return (
    <section
      aria-label="What matched, and what became of it"
      title="Since the beginning, also what is no longer kept. Tests are left out."
      className="mb-3"
    >
      <Equation
        balance={balance}
        places={{
          matched: own,
          delivered: `${own}?status=delivered`,
          waiting: `${own}?status=pending`,
          failed: `${own}?status=failed`,
          cancelled: `${own}?status=cancelled`,
        }}
      />
    </section>
  );
}
