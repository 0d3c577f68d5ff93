import { Command } from "commander";
import { askSecret } from "../ask";
import { asking, type Common, type Context } from "../connect";
import { environment } from "../environment";
import { createFanfareClient, FanfareError } from "../fanfare";
import { printJson, say } from "../output";
import { forgetSettings, readSettings, writeSettings } from "../settings";

export function loginCommand({ signal }: Context): Command {
  return asking("login", "Remember where Fanfare is, and a key, for this user of this machine")
    .addHelpText(
      "after",
      `
The key is asked for and not shown; or pipe it in:
  $ fanfare-client login --url https://fanfare.example.com < key.txt`,
    )
    .action(async (options: Common) => {
      const settings = readSettings();
      const url = options.url ?? settings.url;
      if (!url) throw new Error("Where is Fanfare? Say --url https://…");
      const apiKey = environment.apiKey ?? (await askSecret(`Key for ${url}: `, signal));
      if (apiKey === "") throw new Error("No key was given.");
      const kind = await kindOf(url, apiKey, signal);
      const { customer } = options;
      const { secrets } = settings;
      const file = writeSettings({ url, apiKey, ...(customer && { customer }), ...(secrets && { secrets }) });
      if (options.json) printJson({ url, key: kind, file });
      else say(`Logged in to ${url} with a ${kind} key, kept in ${file}.`);
    });
}

/** Whose key it is. Throws when it is nobody's. */
async function kindOf(url: string, apiKey: string, signal: AbortSignal): Promise<"customer" | "platform"> {
  const client = createFanfareClient({ url, apiKey });
  try {
    await client.webhooks.list(undefined, { signal });
    return "customer";
  } catch (error) {
    if (!(error instanceof FanfareError) || error.httpStatus !== 403) throw error;
    await client.customers.list({ page_size: 1 }, { signal });
    return "platform";
  }
}

export function logoutCommand(): Command {
  return new Command("logout")
    .description("Forget the key, and the secrets of this machine's listeners")
    .action(() => {
      forgetSettings();
      say("Logged out.");
    });
}
