import type { WebhookEvent } from "fanfare-client";

/** What an application does with an event. It may come twice: `event.id` is the same then. */
export async function handle(event: WebhookEvent): Promise<void> {
  switch (event.type) {
    case "search_completed":
      console.log(`Search ${event.data.search_id} found ${event.data.hit_count ?? 0} hits.`);
      break;
    case "flow_run_failed":
      console.log(`Run ${event.data.flow_run_id} failed: ${event.data.error?.message ?? "no reason told"}`);
      break;
    default:
      console.log(`${event.type} ${event.id}`);
  }
}

/** Where the example listens, and what its webhook's secret is. */
export const { PORT: port = "4000", WEBHOOK_SECRET: secrets = "" } = process.env;
