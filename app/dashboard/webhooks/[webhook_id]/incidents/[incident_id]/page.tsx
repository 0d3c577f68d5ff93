import type { Metadata } from "next";
import { IncidentPage } from "@/app/_components/incident/incident-page";
import { api } from "@/app/_trpc/server";
import { orNotFound } from "@/app/dashboard/_session/or-not-found";
import { type PageProps, requireSession } from "@/app/dashboard/_session/require-session";

export const metadata: Metadata = { title: "Incident" };

export default async function Page({ params, searchParams }: PageProps<"webhook_id" | "incident_id">) {
  const { webhook_id, incident_id } = await params;
  await requireSession(`/dashboard/webhooks/${webhook_id}/incidents/${incident_id}`, searchParams);
  const incident = await orNotFound(api.incidents.get({ webhook_id, incident_id }));
  const webhook = await orNotFound(api.webhooks.get({ webhook_id }));
  return <IncidentPage initial={incident} endpoint={webhook.description ?? webhook.webhook_url} />;
}
