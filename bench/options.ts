import { parseArgs } from "node:util";

export type Options = {
  /** The measurements that were asked for, in their order. */
  only: string[];
  rounds?: number;
  against?: string;
  backlog: number;
  isTiny: boolean;
  plot?: string;
};

/** Reads the command line. Ends the process with one sentence when it asks for what there is not. */
export function readOptions(args: string[], measurements: string[]): Options {
  try {
    return parse(args, measurements);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

export function parse(args: string[], measurements: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string" },
      rounds: { type: "string" },
      against: { type: "string" },
      backlog: { type: "string", default: "100000" },
      tiny: { type: "boolean", default: false },
      plot: { type: "string" },
    },
  });
  const asked = values.only?.split(",") ?? measurements;
  const unknown = asked.filter((name) => !measurements.includes(name));
  if (unknown.length > 0) {
    throw new Error(`--only knows no ${unknown.join(", ")}. There are: ${measurements.join(", ")}.`);
  }
  return {
    only: measurements.filter((name) => asked.includes(name)),
    rounds: values.rounds === undefined ? undefined : wholeNumber("--rounds", values.rounds, 1),
    against: values.against,
    backlog: wholeNumber("--backlog", values.backlog, 0),
    isTiny: values.tiny,
    plot: values.plot,
  };
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least) return number;
  throw new Error(`${name} takes a whole number from ${least} on, and this is ${text}.`);
}
