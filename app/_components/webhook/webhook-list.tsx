"use client";

import { useState } from "react";
import { useListKeys } from "@/app/_components/keyboard/use-list-keys";
import { webhookState } from "@/app/_components/status/webhook-state";
import { Problem } from "@/app/_components/ui/problem";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { trpc } from "@/app/_trpc/client";
import { shownError } from "@/app/_trpc/shown-error";
import { DeleteWebhookDialog } from "./delete-webhook-dialog";
import { typesOf } from "./form/chosen-types";
import { NoWebhooks } from "./no-webhooks";
import { StatusAnnouncer } from "./status-announcer";
import type { Webhook } from "./types";
import { useTroubleFirst } from "./use-trouble-first";
import { WebhookListSkeleton } from "./webhook-list-skeleton";
import { WebhookRow } from "./webhook-row";

/** All webhooks of the customer, with how each of them fares, those with trouble first. */
export function WebhookList() {
  const { data: webhooks, error: failure, refetch } = trpc.webhooks.list.useQuery();
  const error = shownError(failure, webhooks);
  if (error) return <Problem message={error.message} onRetry={() => void refetch()} />;
  if (!webhooks) return <WebhookListSkeleton />;
  if (webhooks.length === 0) return <NoWebhooks />;
  return <Rows webhooks={webhooks} />;
}

function Rows({ webhooks }: { webhooks: Webhook[] }) {
  const { data: overview } = trpc.stats.overview.useQuery({ range: "24h" });
  const { get } = useUrlState();
  const [deleting, setDeleting] = useState<Webhook | null>(null);
  const listRef = useListKeys();
  const ordered = useTroubleFirst(webhooks, listRef);
  const { data: types = [] } = trpc.eventTypes.list.useQuery({ include: "notices" });
  const names = types.map(({ type }) => type);
  const shown = ordered.filter((webhook) => matches(webhook, get("q"), names));
  const summaries = new Map(overview?.webhooks.map((summary) => [summary.webhook_id, summary]));
  return (
    <>
      <div ref={listRef} className="overflow-hidden rounded-[10px] border border-line bg-panel">
        <ul
          aria-label="Webhooks"
          className="xl:grid xl:grid-cols-[minmax(8.5rem,auto)_minmax(11rem,1fr)_auto_auto_auto_auto_auto_auto]"
        >
          <ColumnHeads />
          {shown.map((webhook) => (
            <WebhookRow
              key={webhook.id}
              webhook={webhook}
              summary={summaries.get(webhook.id)}
              onDelete={() => setDeleting(webhook)}
            />
          ))}
        </ul>
        {shown.length === 0 && <p className="px-4 py-6 text-muted">{`No webhook matches “${get("q")}”.`}</p>}
      </div>
      <StatusAnnouncer webhooks={webhooks} />
      <DeleteWebhookDialog
        webhook={deleting}
        pendingCount={deleting ? (summaries.get(deleting.id)?.pending_count ?? 0) : 0}
        onClose={() => setDeleting(null)}
      />
    </>
  );
}

/** Found by what is seen of it, and by each type that its events come to: `*` receives them all. */
function matches(webhook: Webhook, search: string, names: string[]): boolean {
  const text = [
    webhook.webhook_url,
    webhook.description,
    webhook.id,
    webhookState(webhook),
    ...webhook.events,
    ...typesOf(webhook.events, names),
  ].join(" ");
  return text.toLowerCase().includes(search.toLowerCase());
}

const heads = ["Health", "Endpoint", "Events", "Last delivery", "Last 24 h", "Delivered · p95", "", ""];

function ColumnHeads() {
  return (
    <li
      aria-hidden
      className="hidden border-b border-line bg-sunken text-xs font-medium text-faint xl:col-span-full xl:grid xl:grid-cols-subgrid"
    >
      {heads.map((head, index) => (
        <span
          key={String(index)}
          className={`px-2.5 py-2 whitespace-nowrap ${index === 5 ? "text-right" : ""}`}
        >
          {head}
        </span>
      ))}
    </li>
  );
}
