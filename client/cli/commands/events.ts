import { readFileSync } from "node:fs";
import { Command } from "commander";
import { piped } from "../ask";
import { asking, type Common, type Context, connect } from "../connect";
import type { NewEvent } from "../fanfare";
import { printFacts, printJson } from "../output";

export function eventCommands(context: Context): Command {
  return new Command("events").description("Publish events").addCommand(sendCommand(context));
}

function sendCommand({ signal }: Context) {
  return asking("send <type>", "Publish an event of a customer, with the platform's key")
    .option(
      "--data <json>",
      "its data: JSON, @file, or - for standard input; the catalogue's sample when absent",
    )
    .option("--id <id>", "makes it repeatable: the same id is taken once")
    .addHelpText(
      "after",
      `
Examples:
  $ fanfare-client events send search_completed --customer acme
  $ fanfare-client events send search_completed --customer acme --data @data.json`,
    )
    .action(async (type: string, options: Common & { data?: string; id?: string }) => {
      if (!options.customer) throw new Error("Whose event is it? Say --customer.");
      const { customer: customer_id, id } = options;
      const client = connect({ ...options, customer: undefined });
      const data =
        options.data === undefined
          ? (await client.eventTypes.list(undefined, { signal })).find((each) => each.type === type)?.sample
          : await readJson(options.data);
      const event = { customer_id, type, data: data ?? {}, id } as NewEvent; // what does not fit is refused by its path
      const published = await client.events.publish(event, { signal });
      if (options.json) return printJson(published);
      printFacts([
        ["event", published.id],
        ["deliveries", String(published.deliveries)],
      ]);
    });
}

async function readJson(given: string): Promise<unknown> {
  const text =
    given === "-" ? await piped() : given.startsWith("@") ? readFileSync(given.slice(1), "utf8") : given;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`The data is no JSON: ${(error as Error).message}`);
  }
}
