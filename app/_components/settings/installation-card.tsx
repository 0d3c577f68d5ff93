"use client";

import { useServerFacts } from "@/app/_components/facts/server-facts";
import { formatAge } from "@/app/_components/time/format";
import { Card } from "@/app/_components/ui/card";
import { sitePath } from "@/app/_components/url/site-path";

/** What the operator of this installation has decided. */
export function InstallationCard() {
  const { version, retentionMs, retryScheduleMs, deliveryTimeoutMs } = useServerFacts();
  return (
    <Card title="This installation">
      <ul className="grid gap-1 text-muted">
        <li>
          <span>Ended deliveries and their events are kept for</span>{" "}
          <b className="text-ink">{formatAge(retentionMs)}</b> <span>and then pruned.</span>
        </li>
        <li>
          {`A failed attempt is repeated after ${retryScheduleMs.map(formatAge).join(", ")}: ${retryScheduleMs.length + 1} attempts in all. Each may take ${formatAge(deliveryTimeoutMs)}.`}
        </li>
        <li>
          A webhook that does nothing but fail for 5 days, in 20 attempts or more, is switched off; its page
          counts down to that.
        </li>
        <li>
          <span>{`Fanfare ${version} ·`}</span>{" "}
          <a href={sitePath("/docs")} className="text-accent underline">
            API documentation
          </a>
        </li>
      </ul>
    </Card>
  );
}
