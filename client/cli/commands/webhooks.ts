import { Command } from "commander";
import { isSure, piped } from "../ask";
import { asking, type Common, type Context, connect } from "../connect";
import type { Webhook } from "../fanfare";
import { findWebhook } from "../find-webhook";
import { toList } from "../option-values";
import { printFacts, printJson, printTable, say, toneOf, when } from "../output";
import { printDelivery } from "./delivery-facts";

type Fields = Common & {
  events?: string[];
  description?: string;
  secretStdin?: true;
  active?: boolean;
  target?: string;
};

export function webhookCommands(context: Context): Command {
  return new Command("webhooks")
    .description("List, make, change, test and delete webhooks")
    .addCommand(listCommand(context))
    .addCommand(createCommand(context))
    .addCommand(updateCommand(context))
    .addCommand(testCommand(context))
    .addCommand(deleteCommand(context));
}

function listCommand({ signal }: Context) {
  return asking("list", "List webhooks").action(async (options: Common) => {
    const webhooks = await connect(options).webhooks.list(undefined, { signal });
    if (options.json) return printJson(webhooks);
    if (webhooks.length === 0) return say("There is no webhook yet.");
    printTable(webhooks, [
      { title: "ID", of: ({ id }) => id },
      { title: "STATE", of: stateOf, tone: (webhook) => toneOf(stateOf(webhook)) },
      { title: "URL", of: ({ webhook_url }) => webhook_url, gives: true },
    ]);
  });
}

/** In one word: what holds it says more than how its last attempt ended. */
function stateOf({ is_paused, listener, status, health }: Webhook): string {
  if (listener) return listener.is_connected ? "listening" : "away";
  if (is_paused) return "paused";
  if (status === "disabled") return status;
  return health.state === "healthy" ? "active" : health.state;
}

const withFields = (command: Command) =>
  command
    .option("--events <types>", "event types, with commas between; * for all, future ones too", toList)
    .option("--description <words>", "words for people")
    .option("--secret-stdin", "read the signing secret from standard input");

function createCommand({ signal }: Context) {
  return withFields(asking("create <url>", "Register a URL"))
    .option("--no-active", "register it switched off")
    .addHelpText(
      "after",
      `
Examples:
  $ fanfare-client webhooks create https://crm.example.com/hooks --events '*'
  $ openssl rand -base64 32 | sed 's/^/whsec_/' | \\
      fanfare-client webhooks create https://crm.example.com/hooks --secret-stdin`,
    )
    .action(async (url: string, options: Fields) => {
      const input = { webhook_url: url, is_active: options.active, ...(await fieldsOf(options)) };
      show(await connect(options).webhooks.create(input, { signal }), options);
    });
}

function updateCommand({ signal }: Context) {
  return withFields(asking("update <webhook>", "Change what is given, and keep the rest"))
    .option("--target <url>", "another URL")
    .option("--active", "switch it on")
    .option("--no-active", "switch it off")
    .addHelpText("after", "\n<webhook> is an id, its beginning, or the end of a URL.")
    .action(async (named: string, options: Fields) => {
      const client = connect(options);
      const { id } = await findWebhook(client, named, signal);
      const change = { webhook_url: options.target, is_active: options.active, ...(await fieldsOf(options)) };
      show(await client.webhooks.update({ webhook_id: id, ...change }, { signal }), options);
    });
}

function testCommand({ signal }: Context) {
  return asking("test <webhook>", "Send a test event, and show what came back")
    .option("--type <type>", "type of the event", "search_completed")
    .action(async (named: string, options: Common & { type: string }) => {
      const client = connect(options);
      const { id } = await findWebhook(client, named, signal);
      const event_type = options.type as Parameters<typeof client.webhooks.test>[0]["event_type"]; // refused by name else
      const delivery = await client.webhooks.test({ webhook_id: id, event_type }, { signal });
      if (options.json) printJson(delivery);
      else printDelivery(delivery);
      if (delivery.status !== "delivered") process.exitCode = 1;
    });
}

function deleteCommand({ signal }: Context) {
  return asking("delete <webhook>", "Delete a webhook, and cancel what waits for it")
    .option("--yes", "do not ask")
    .action(async (named: string, options: Common & { yes?: true }) => {
      const client = connect(options);
      const { id, webhook_url } = await findWebhook(client, named, signal);
      if (!options.yes && !(await isSure(`Delete ${webhook_url}?`, signal)))
        throw new Error("Nothing was deleted.");
      await client.webhooks.delete({ webhook_id: id }, { signal });
      if (options.json) printJson({ deleted: id });
      else say(`Deleted ${webhook_url}.`);
    });
}

async function fieldsOf({ events, description, secretStdin }: Fields) {
  type Events = NonNullable<Parameters<ReturnType<typeof connect>["webhooks"]["create"]>[0]["events"]>;
  const secret = secretStdin ? (await piped()).trim() : undefined;
  return { events: events as Events | undefined, description, secret }; // a type that there is not is refused by its path
}

function show(webhook: Webhook, { json }: Common): void {
  if (json) {
    printJson(webhook);
    return;
  }
  printFacts([
    ["id", webhook.id],
    ["url", webhook.webhook_url],
    ["state", stateOf(webhook)],
    ["events", webhook.events.join(", ") || "none"],
    ["description", webhook.description],
    ["signed", webhook.has_secret ? "yes" : "no"],
    ["created", when(webhook.created_at)],
  ]);
}
