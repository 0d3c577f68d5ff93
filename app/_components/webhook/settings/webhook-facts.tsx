"use client";

import type { ReactNode } from "react";
import { useServerFacts } from "@/app/_components/facts/server-facts";
import { formatAge } from "@/app/_components/time/format";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Card } from "@/app/_components/ui/card";
import { CopyButton } from "@/app/_components/ui/copy-button";
import type { Webhook } from "@/app/_components/webhook/types";

/** What is fixed about a webhook, and the rules that its deliveries follow. */
export function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const { retryScheduleMs, deliveryTimeoutMs } = useServerFacts();
  const timeoutMs = webhook.timeout_seconds === null ? deliveryTimeoutMs : webhook.timeout_seconds * 1000;
  return (
    <Card title="Facts">
      <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[9rem_minmax(0,1fr)]">
        <Fact name="Webhook id">
          <span translate="no" className="mono wrap-anywhere">
            {webhook.id}
          </span>
          <CopyButton text={webhook.id} label="Copy the id" />
        </Fact>
        <Fact name="Created">
          <RelativeTime at={webhook.created_at} />
        </Fact>
        <Fact name="Last changed">
          <RelativeTime at={webhook.updated_at} />
        </Fact>
        <Fact name="Retries">
          {webhook.listener
            ? "none by itself: what fails can be redelivered"
            : `after ${retryScheduleMs.map(formatAge).join(", ")}; then the delivery has failed and can be redelivered`}
        </Fact>
        {!webhook.listener && (
          <Fact name="Time limit">
            {`${formatAge(timeoutMs)} for each attempt, from DNS to the end of the headers`}
          </Fact>
        )}
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="flex min-h-6 items-center text-faint">{name}</dt>
      <dd className="flex min-h-6 flex-wrap items-center gap-x-1">{children}</dd>
    </>
  );
}
