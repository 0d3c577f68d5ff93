import { CommanderError } from "commander";
import { commandLine } from "./command-line";
import { tellError } from "./output";

/** Exit codes: done, refused or failed, wrong usage, stopped by Ctrl-C. */
const exits = { done: 0, failed: 1, usage: 2, stopped: 130 };

process.exitCode = await run(process.argv);

async function run(argv: string[]): Promise<number> {
  const isJson = argv.includes("--json");
  const stop = new AbortController();
  process.once("SIGINT", () => {
    stop.abort();
    process.once("SIGINT", () => process.exit(exits.stopped)); // whoever presses it twice waits for nothing
  });
  process.stdout.on("error", () => process.exit(exits.done)); // the reader of a pipe has seen enough
  try {
    await commandLine(stop.signal, isJson).parseAsync(argv);
    return stop.signal.aborted ? exits.stopped : exits.done;
  } catch (error) {
    if (stop.signal.aborted) return exits.stopped;
    if (error instanceof CommanderError) return error.exitCode === 0 ? exits.done : exits.usage;
    tellError(error instanceof Error ? error : new Error(String(error)), isJson);
    return exits.failed;
  }
}
