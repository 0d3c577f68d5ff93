import { Command } from "commander";
import { completionCommand } from "./commands/completion";
import { deliveryCommands } from "./commands/deliveries";
import { eventCommands } from "./commands/events";
import { explainCommand } from "./commands/explain";
import { listenCommand } from "./commands/listen";
import { loginCommand, logoutCommand } from "./commands/login";
import { recoverCommand } from "./commands/recover";
import { traceCommand } from "./commands/trace";
import { webhookCommands } from "./commands/webhooks";
import { usageAsJson } from "./output";

/** All commands. `signal` is aborted by Ctrl-C. */
export function commandLine(signal: AbortSignal, isJson: boolean): Command {
  const program = new Command("fanfare-client")
    .description(
      "Webhooks of Fanfare from a terminal: look, send, redeliver, and receive them on this machine.",
    )
    .showHelpAfterError("(add --help to see how it is used)")
    .addHelpText("after", examples);
  const context = { signal };
  for (const command of [
    loginCommand(context),
    logoutCommand(),
    listenCommand(context),
    webhookCommands(context),
    deliveryCommands(context),
    eventCommands(context),
    traceCommand(context),
    explainCommand(context),
    recoverCommand(context),
    completionCommand(program),
  ])
    program.addCommand(command);
  for (const command of everyOf(program)) {
    command.exitOverride().configureHelp({ helpWidth: 80 });
    if (isJson) command.configureOutput({ outputError: (text, write) => write(usageAsJson(text)) });
  }
  return program;
}

/** A command and all below it. */
export function everyOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyOf)];
}

const examples = `
Examples:
  $ fanfare-client login --url https://fanfare.example.com
  $ fanfare-client listen --forward http://localhost:4000/hooks
  $ fanfare-client deliveries list --status failed
  $ fanfare-client recover --since 2026-01-31T08:00Z

FANFARE_URL and FANFARE_API_KEY stand in for a login. Exit codes: 0 done, 1
refused or failed, 2 wrong usage, 130 stopped by Ctrl-C.`;
