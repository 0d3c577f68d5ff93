import { Command, Option } from "commander";
import { environment } from "./environment";
import { createFanfareClient, type FanfareClient } from "./fanfare";
import { toUrl } from "./option-values";
import { readSettings } from "./settings";

/** What every command that asks Fanfare is given. */
export type Context = { signal: AbortSignal };
export type Common = { url?: string; apiKey?: string; customer?: string; json?: true };

/** A command with the options of all that ask Fanfare. */
export function asking(usage: string, description: string): Command {
  const [name, ...args] = usage.split(" ");
  const command = new Command(name).description(description);
  for (const argument of args) command.argument(argument);
  return command
    .addOption(new Option("--url <url>", "where Fanfare is").env("FANFARE_URL").argParser(toUrl))
    .addOption(new Option("--customer <id>", "with the platform's key: the customer that is meant"))
    .option("--json", "print JSON: one document, or a line for each thing that happens");
}

/** A client for who is logged in. Throws a sentence that says what is missing. */
export function connect(options: Common): FanfareClient {
  const settings = readSettings();
  const url = options.url ?? settings.url;
  const apiKey = environment.apiKey ?? (isSame(url, settings.url) ? settings.apiKey : undefined);
  if (!url) throw new Error("Where is Fanfare? Run `fanfare-client login --url …`, or set FANFARE_URL.");
  if (!apiKey) throw new Error(`No key for ${url}. Run \`fanfare-client login\`, or set FANFARE_API_KEY.`);
  const customerId = options.customer ?? (apiKey === settings.apiKey ? settings.customer : undefined);
  return createFanfareClient({ url, apiKey, customerId });
}

/** A key is for the place that it was given for, and goes nowhere else. */
const isSame = (one: string | undefined, other: string | undefined) =>
  one?.replace(/\/+$/, "") === other?.replace(/\/+$/, "");
