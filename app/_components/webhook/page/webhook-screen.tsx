"use client";

import dynamic from "next/dynamic";
import { useSession } from "@/app/_components/session/session-provider";
import { Problem } from "@/app/_components/ui/problem";
import { Tab, TabList, TabPanel, Tabs } from "@/app/_components/ui/tabs";
import { orReload } from "@/app/_components/upgrade/or-reload";
import { useUrlState } from "@/app/_components/url/use-url-state";
import type { Webhook } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";
import { shownError } from "@/app/_trpc/shown-error";
import { WebhookHeader } from "./webhook-header";

// Loaded with the tab that shows them.
const WebhookDeliveries = dynamic(() =>
  orReload(import("./webhook-deliveries").then((m) => m.WebhookDeliveries)),
);
const TestPanel = dynamic(() =>
  orReload(import("@/app/_components/webhook/test/test-panel").then((m) => m.TestPanel)),
);
const Insights = dynamic(() =>
  orReload(import("@/app/_components/webhook/insights/insights").then((m) => m.Insights)),
);
const AuditLog = dynamic(() => orReload(import("@/app/_components/audit/audit-log").then((m) => m.AuditLog)));
const IncidentList = dynamic(() =>
  orReload(import("@/app/_components/incident/incident-list").then((m) => m.IncidentList)),
);
const WebhookSettings = dynamic(() =>
  orReload(import("@/app/_components/webhook/settings/webhook-settings").then((m) => m.WebhookSettings)),
);

/** How it fares changes with time, too, without anything to be told of. */
const healthRefreshMs = 30_000;

const allTabs = [
  { value: "deliveries", label: "Deliveries" },
  { value: "test", label: "Test" },
  { value: "insights", label: "Insights" },
  { value: "incidents", label: "Incidents" },
  { value: "settings", label: "Settings" },
  { value: "audit", label: "Audit log" },
];

/** One webhook: its health, its deliveries, a place to test it, figures, settings, and who changed it. */
export function WebhookScreen({ initial }: { initial: Webhook }) {
  const webhookId = initial.id;
  const { get, push } = useUrlState();
  const { mayChange } = useSession();
  const {
    data: webhook,
    error: failure,
    refetch,
  } = trpc.webhooks.get.useQuery(
    { webhook_id: webhookId },
    { initialData: initial, refetchInterval: healthRefreshMs },
  );
  const { data: stats } = trpc.stats.webhook.useQuery({
    webhook_id: webhookId,
    range: "24h",
  });
  const error = shownError(failure, webhook);
  if (error) return <Problem message={error.message} onRetry={() => void refetch()} />;
  const tabs = allTabs.filter(({ value }) => mayChange || value !== "test");
  const open = tabs.find(({ value }) => value === get("tab"))?.value ?? "deliveries";
  return (
    <>
      <WebhookHeader webhook={webhook} queue={stats?.queue} />
      <Tabs value={open} onValueChange={(tab) => push({ tab: tab === "deliveries" ? null : tab })}>
        <TabList label="Webhook">
          {tabs.map(({ value, label }) => (
            <Tab key={value} value={value}>
              {label}
            </Tab>
          ))}
        </TabList>
        <TabPanel value="deliveries">
          <WebhookDeliveries webhook={webhook} queue={stats?.queue} />
        </TabPanel>
        <TabPanel value="test">
          <TestPanel webhook={webhook} />
        </TabPanel>
        <TabPanel value="insights">
          <Insights webhook={webhook} />
        </TabPanel>
        <TabPanel value="incidents">
          <IncidentList webhookId={webhookId} />
        </TabPanel>
        <TabPanel value="settings">
          <WebhookSettings webhook={webhook} queue={stats?.queue} />
        </TabPanel>
        <TabPanel value="audit">
          <AuditLog webhookId={webhookId} />
        </TabPanel>
      </Tabs>
    </>
  );
}
