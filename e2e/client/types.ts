import { createFanfareClient, verifyWebhook, type Webhook, type WebhookErrorCode } from "fanfare-client";

// What has to be an error of types, and what has not: this is compiled, and never run.
export async function shown(url: string, signal: AbortSignal): Promise<string> {
  const fanfare = createFanfareClient({ url, apiKey: "fk_key" });
  const webhook: Webhook = await fanfare.webhooks.get({ webhook_id: "w1" }, { signal });
  // @ts-expect-error: there is no such event
  await fanfare.webhooks.create({ webhook_url: url, events: ["search_finished"] });
  // @ts-expect-error: an address is text
  await fanfare.webhooks.create({ webhook_url: 1 });
  // @ts-expect-error: there is no such call
  await fanfare.webhooks.remove({ webhook_id: "w1" });
  // @ts-expect-error: a search has an id
  await fanfare.events.publish({ customer_id: "c1", type: "search_completed", data: { hit_count: 1 } });
  const many = await fanfare.events.publish([
    { customer_id: "c1", type: "flow_run_failed", data: { flow_run_id: "f" } },
  ]);
  await fanfare.webhooks.update({ webhook_id: "w1", description: undefined });
  const code: WebhookErrorCode = "stale_timestamp";

  const event = await verifyWebhook({ headers: new Headers(), body: new Uint8Array(), secrets: ["a", "b"] });
  switch (event.type) {
    case "alert_remediated":
      return event.data.outcome ?? "";
    case "cdd_document_fetched":
      return event.data.document_id;
    case "cdd_state_changed":
      return event.data.subject?.kind ?? event.data.state;
    case "flow_run_completed":
    case "flow_run_failed":
      return event.data.flow_run_id;
    case "monitoring_alert_fired":
      return event.data.alert_id;
    case "search_completed":
      // @ts-expect-error: it is a number
      return event.data.hit_count;
    case "webhook.failing":
      return event.data.cause.next_step;
    case "webhook.certificate_expiring":
    case "webhook.client_certificate_expiring":
    case "webhook.disabled":
    case "webhook.disabling_soon":
    case "webhook.recovered":
    case "webhook.slow":
      return event.data.webhook_id;
    default: {
      const none: never = event;
      return `${none}${code}${many.length}${webhook.status}`;
    }
  }
}
