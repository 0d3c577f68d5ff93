/** A reason not to start that an operator can do something about: told as it is, without a stack. */
export class StartError extends Error {}

/** Ends the process with status 1 and the reason on stderr: one of ours in its own words, a bug with its stack. */
export function refuseToStart(error: unknown): never {
  process.stderr.write(`${error instanceof StartError ? error.message : describe(error)}\n`);
  process.exit(1);
}

const describe = (error: unknown) =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
