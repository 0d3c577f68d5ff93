import type { Metadata } from "next";
import { BalanceStrip } from "@/app/_components/balance/balance-strip";
import { Overview } from "@/app/_components/overview/overview";
import { CreateWebhookDialog } from "@/app/_components/webhook/form/create-webhook-dialog";
import { WebhookList } from "@/app/_components/webhook/webhook-list";
import { WebhooksToolbar } from "@/app/_components/webhook/webhooks-toolbar";
import { api, HydrateClient } from "@/app/_trpc/server";
import { type PageProps, requireSession } from "./_session/require-session";

export const metadata: Metadata = { title: "Webhooks" };

export default async function Page({ searchParams }: PageProps) {
  await requireSession("/dashboard", searchParams);
  await Promise.all([api.stats.overview.prefetch({ range: "24h" }), api.stats.balance.prefetch({})]);
  return (
    <HydrateClient>
      <WebhooksToolbar />
      <Overview />
      <BalanceStrip />
      <WebhookList />
      <CreateWebhookDialog />
    </HydrateClient>
  );
}
