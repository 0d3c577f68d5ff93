import { Command } from "commander";
import { asking, type Common, type Context, connect } from "../connect";
import type { Delivery, FanfareClient } from "../fanfare";
import { findWebhook } from "../find-webhook";
import { toCount, toOneOf, toTime } from "../option-values";
import { coloured, printJson, printLine, printTable, say, toneOf, when } from "../output";
import { printDelivery, statusOf } from "./delivery-facts";

export function deliveryCommands(context: Context): Command {
  return new Command("deliveries")
    .description("List, follow and look into deliveries, and send them again")
    .addCommand(listCommand(context))
    .addCommand(showCommand(context))
    .addCommand(tailCommand(context))
    .addCommand(redeliverCommand(context));
}

const statuses: readonly Delivery["status"][] = ["pending", "delivered", "failed", "cancelled"];
type Filter = Common & { webhook?: string; status?: Delivery["status"]; since?: string; limit: number };

function listCommand({ signal }: Context) {
  return asking("list", "List deliveries, the newest first")
    .option("--webhook <webhook>", "only of this webhook")
    .option("--status <status>", "pending, delivered, failed or cancelled", toOneOf(statuses))
    .option("--since <time>", "events that were accepted since then, as ISO 8601", toTime)
    .option("--limit <count>", "at most so many, up to 200", toCount(200), 20)
    .action(async (options: Filter) => {
      const client = connect(options);
      const webhook_id = await idOf(client, options.webhook, signal);
      const { status, since, limit } = options;
      const filter = { webhook_id, status, since, page_size: limit, content: false };
      const { items } = await client.deliveries.list(filter, { signal });
      if (options.json) return printJson(items);
      if (items.length === 0) return say("No delivery fits.");
      const nameOf = await shortNames(client, signal);
      printTable(items, [
        { title: "ACCEPTED", of: ({ timestamp }) => when(timestamp) },
        { title: "STATUS", of: statusOf, tone: ({ status }) => toneOf(status) },
        { title: "WEBHOOK", of: ({ webhook_id }) => nameOf(webhook_id) },
        { title: "EVENT", of: ({ id }) => id, gives: true },
      ]);
    });
}

/** How a webhook is named in a line: by the end of its URL, by which commands find it too. */
async function shortNames(client: FanfareClient, signal: AbortSignal): Promise<(id: string) => string> {
  const webhooks = await client.webhooks.list(undefined, { signal });
  const names = new Map(webhooks.map(({ id, webhook_url }) => [id, webhook_url.slice(-20)]));
  return (id) => names.get(id) ?? id;
}

const idOf = async (client: FanfareClient, named: string | undefined, signal: AbortSignal) =>
  named === undefined ? undefined : (await findWebhook(client, named, signal)).id;

function showCommand({ signal }: Context) {
  return asking("show <webhook> <event>", "Show a delivery with its attempts, and why it failed").action(
    async (named: string, event_id: string, options: Common) => {
      const client = connect(options);
      const { id: webhook_id } = await findWebhook(client, named, signal);
      const delivery = await client.deliveries.get({ webhook_id, event_id }, { signal });
      if (options.json) return printJson(delivery);
      printDelivery(delivery);
      for (const { number, started_at, status_code, error, duration_ms, reason } of delivery.attempts)
        say(
          `  #${number}  ${when(started_at)}  ${status_code ?? error?.code ?? ""}  ${Math.round(duration_ms)} ms  ${reason}`,
        );
    },
  );
}

function tailCommand({ signal }: Context) {
  return asking("tail", "Follow deliveries as they change, until Ctrl-C")
    .option("--webhook <webhook>", "only of this webhook")
    .action(async (options: Common & { webhook?: string }) => {
      const client = connect(options);
      const webhook_id = await idOf(client, options.webhook, signal);
      const nameOf = await shortNames(client, signal);
      for await (const { position, delivery } of client.live.deliveries({ webhook_id }, { signal })) {
        if (options.json) printLine({ position, delivery });
        else {
          const status = coloured(toneOf(delivery.status), statusOf(delivery).padEnd(18));
          say(`${status}  ${delivery.event_type.padEnd(22)}  ${delivery.id}  ${nameOf(delivery.webhook_id)}`);
        }
      }
    });
}

function redeliverCommand({ signal }: Context) {
  return asking("redeliver <webhook> <event...>", "Send events to a webhook again, now").action(
    async (named: string, events: string[], options: Common) => {
      const client = connect(options);
      const { id: webhook_id } = await findWebhook(client, named, signal);
      for (const event_id of events) {
        await client.deliveries.redeliver({ webhook_id, event_id }, { signal });
        if (options.json) printLine({ webhook_id, event_id, is_redelivered: true });
        else say(`${event_id} is sent again.`);
      }
    },
  );
}
