"use client";

import Link from "next/link";
import { useServerFacts } from "@/app/_components/facts/server-facts";
import { LiveBadge } from "@/app/_components/live/live-badge";
import { useSession } from "@/app/_components/session/session-provider";
import { useHasAgents } from "@/app/_components/session/use-has-agents";
import { firstPublished } from "@/app/_components/test-event/first-type";
import { Button } from "@/app/_components/ui/button";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { trpc } from "@/app/_trpc/client";
import { anyType } from "@/domain/filter/condition";
import { noFilters } from "./delivery-query";

/** What an empty list of deliveries says: change the filters, or how the first event comes about. */
export function NoDeliveries({
  isFiltered,
  mayBeFurtherBack,
  webhookId,
}: {
  isFiltered: boolean;
  /** Not everything was looked at. */
  mayBeFurtherBack: boolean;
  webhookId?: string;
}) {
  const { replace } = useUrlState();
  if (isFiltered) {
    return (
      <EmptyState
        title={mayBeFurtherBack ? "Nothing found so far" : "No delivery fits these filters"}
        action={<Button onClick={() => replace(noFilters)}>Clear the filters</Button>}
      />
    );
  }
  return <WaitingForFirstEvent webhookId={webhookId} />;
}

/** How the first event comes about, of any webhook or of one; it turns live by itself. */
export function WaitingForFirstEvent({ webhookId }: { webhookId?: string }) {
  const { publicUrl } = useServerFacts();
  const { customer, mayChange } = useSession();
  const { push } = useUrlState();
  const hasAgents = useHasAgents();
  const { data: webhooks = [] } = trpc.webhooks.list.useQuery();
  const { data: types = [] } = trpc.eventTypes.list.useQuery({ include: "notices" });
  const webhook = webhooks.find(({ id }) => id === webhookId);
  const type = firstPublished(webhook?.events ?? [anyType], types);
  return (
    <EmptyState
      title="Waiting for the first event…"
      action={
        webhookId && mayChange && <Button onClick={() => push({ tab: "test" })}>Send a test instead</Button>
      }
    >
      <p className="flex items-center gap-2">
        <span>It appears here by itself.</span> <LiveBadge />
      </p>
      {hasAgents && !webhookId && (
        <p>
          <Link href="/dashboard/agents" className="text-accent underline">
            What agents are sent is listed with each of them
          </Link>
        </p>
      )}
      {type ? (
        <>
          <p>Events are published with the platform's key. For you, it looks like this:</p>
          <CodeBlock
            label="curl that publishes an event"
            text={curlThatPublishes(publicUrl, customer.id, type.type, type.sample)}
          />
        </>
      ) : (
        <p>
          {webhook?.events.length
            ? "It is told when something happens to another of your webhooks."
            : "No events are chosen: it receives nothing but tests."}
        </p>
      )}
    </EmptyState>
  );
}

function curlThatPublishes(publicUrl: string, customerId: string, type: string, data: object): string {
  const body = JSON.stringify({ customer_id: customerId, type, data }, null, 2);
  return `curl ${publicUrl}/events \\
  -H "X-API-KEY: $PLATFORM_API_KEY" -H "Content-Type: application/json" \\
  -d '${body.replaceAll("'", "'\\''")}'`;
}
