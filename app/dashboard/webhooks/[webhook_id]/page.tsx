import type { Metadata } from "next";
import { readFilters, toListInput } from "@/app/_components/delivery/delivery-query";
import { WebhookScreen } from "@/app/_components/webhook/page/webhook-screen";
import { api, HydrateClient } from "@/app/_trpc/server";
import { orNotFound } from "../../_session/or-not-found";
import { readZone } from "../../_session/read-zone";
import { type PageProps, readOne, requireSession } from "../../_session/require-session";

export const metadata: Metadata = { title: "Webhook" };

export default async function Page({ params, searchParams }: PageProps<"webhook_id">) {
  const { webhook_id } = await params;
  await requireSession(`/dashboard/webhooks/${webhook_id}`, searchParams);
  const webhook = await orNotFound(api.webhooks.get({ webhook_id }));
  const filters = readFilters(readOne(await searchParams), webhook_id);
  await Promise.all([
    api.stats.webhook.prefetch({ webhook_id, range: "24h" }),
    webhook.health.state !== "healthy" && api.webhooks.explain.prefetch({ webhook_id }),
    api.incidents.list.prefetch({ webhook_id }),
    api.stats.balance.prefetch({ webhook_id }),
    api.recoveries.list.prefetch(),
    api.deliveries.list.prefetchInfinite(toListInput(filters, Date.now(), await readZone())),
  ]);
  return (
    <HydrateClient>
      <WebhookScreen initial={webhook} />
    </HydrateClient>
  );
}
