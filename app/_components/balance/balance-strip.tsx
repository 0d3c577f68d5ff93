"use client";

import { Skeleton } from "@/app/_components/ui/skeleton";
import { trpc } from "@/app/_trpc/client";
import { Equation } from "./equation";

const deliveries = "/dashboard/deliveries";

/** Of all webhooks, for ever: what matched, and what became of it. Nothing before the first event. */
export function BalanceStrip() {
  const { data: balance } = trpc.stats.balance.useQuery({});
  if (!balance) return <Skeleton className="mb-3 h-10" />;
  if (balance.matched === 0) return null;
  const missing = balance.webhooks.find(({ missed }) => missed > 0);
  return (
    <section
      aria-label="What matched, and what became of it"
      title="Since the beginning, also what is no longer kept. Tests are left out."
      className="mb-3 rounded-[10px] border border-line bg-panel px-3 py-2"
    >
      <Equation
        balance={balance}
        places={{
          matched: deliveries,
          delivered: `${deliveries}?status=delivered`,
          waiting: `${deliveries}?status=pending`,
          failed: `${deliveries}?status=failed`,
          cancelled: `${deliveries}?status=cancelled`,
          missed: missing && `/dashboard/webhooks/${missing.webhook_id}`,
        }}
      />
    </section>
  );
}
