import type { ReplicaState } from "@/db/store";
import { isSameText } from "../auth/keys";
import type { Runtime } from "../process/runtime";

/** Whether the request carries the token. */
export function carriesToken(headers: Headers, token: string): boolean {
  const sent = /^bearer (.+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? "";
  return isSameText(sent, token);
}

type Measured = Pick<Runtime, "store" | "version" | "streams" | "replica" | "auth" | "mailer">;

/** The store's totals, the workers, and this process's live streams and replica, in Prometheus' text format. */
export async function writeMetrics({
  store,
  version,
  streams,
  replica,
  auth,
  mailer,
}: Measured): Promise<string> {
  const totals = await store.countTotals();
  const workers = await store.listWorkers();
  const allPause = await store.findDeliveryPause();
  return [
    gauge("fanfare_info", "Which version runs.", [{ labels: { version }, value: 1 }]),
    gauge("fanfare_customers", "Customers.", [{ value: totals.customers }]),
    gauge("fanfare_webhooks", "Webhooks.", [{ value: totals.webhooks }]),
    gauge("fanfare_deliveries_pending", "Deliveries that wait or are in flight.", [
      { value: totals.pending },
    ]),
    gauge("fanfare_oldest_due_age_seconds", "How long the delivery that is due the longest has been so.", [
      { value: (totals.oldestDueAgeMs ?? 0) / 1000 },
    ]),
    gauge("fanfare_delivery_paused", "Whether an operator has paused all delivery.", [
      { value: Number(allPause !== null) },
    ]),
    gauge("fanfare_breakers_open", "Webhooks whose breaker is open.", [{ value: totals.openBreakers }]),
    ...(mailer ? mailGauges(await store.countDigests()) : []),
    gauge("fanfare_live_streams", "Live streams that are open.", [{ value: streams.count() }]),
    gauge("fanfare_workers", "Delivery workers.", [{ value: workers.length }]),
    gauge(
      "fanfare_worker_beat_age_seconds",
      "How long ago a worker was heard of.",
      workers.map(({ id, heartbeatAgeMs }) => ({ labels: { worker: id }, value: heartbeatAgeMs / 1000 })),
    ),
    counter(
      "fanfare_previous_platform_key_requests_total",
      "Requests to this process with PLATFORM_API_KEY_PREVIOUS.",
      auth.previousKeyUses,
    ),
    ...(replica ? replicaGauges(replica()) : []),
  ].join("");
}

const mailGauges = ({ waiting, failing }: { waiting: number; failing: number }) => [
  gauge("fanfare_mails_waiting", "Members whose mail waits.", [{ value: waiting }]),
  gauge("fanfare_mails_failing", "Those for whom the last one could not be sent.", [{ value: failing }]),
];

function replicaGauges({ isUsed, behindMs }: ReplicaState): string[] {
  const lag = behindMs === null ? [] : [{ value: behindMs / 1000 }];
  return [
    gauge("fanfare_read_replica_in_use", "Whether lists and charts are read from the replica.", [
      { value: Number(isUsed) },
    ]),
    gauge(
      "fanfare_read_replica_lag_seconds",
      "How far behind the replica is at most, while that is known.",
      lag,
    ),
  ];
}

type Sample = { labels?: Record<string, string>; value: number };

const gauge = (name: string, help: string, samples: Sample[]) => writeMetric("gauge", name, help, samples);
const counter = (name: string, help: string, value: number) =>
  writeMetric("counter", name, help, [{ value }]);

function writeMetric(type: string, name: string, help: string, samples: Sample[]): string {
  const lines = samples.map(({ labels = {}, value }) => `${name}${writeLabels(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function writeLabels(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}
