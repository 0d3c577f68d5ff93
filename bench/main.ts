import { resolve } from "node:path";
import { checkOut } from "./against";
import { agents } from "./measure/agents";
import { claims, claimsOnPostgres } from "./measure/claims";
import { delivering } from "./measure/delivering";
import { disk } from "./measure/disk";
import { hanging } from "./measure/hanging";
import { latency } from "./measure/latency";
import { memory } from "./measure/memory";
import { neighbours } from "./measure/neighbours";
import { peers } from "./measure/peers";
import { postgres } from "./measure/postgres";
import { publishing } from "./measure/publishing";
import { restart } from "./measure/restart";
import { search, searchOnPostgres } from "./measure/search";
import { single, singleOnPostgres } from "./measure/single";
import { start } from "./measure/start";
import { workers } from "./measure/workers";
import type { Build, Measurement } from "./measurement";
import { readOptions } from "./options";
import { drawPlot } from "./plot";
import { toMarkdown } from "./report";
import { describeMachine, keepResults, type Results, readResults, thisCommit } from "./results";
import { inRounds } from "./rounds";
import { full, tiny } from "./scale";
import { endSharedStages, shareStages } from "./stage";

/* `npm run bench`: measures one thing after the other, and prints a table as the README has it. */
const measurements: Record<string, Measurement> = {
  single,
  publishing,
  delivering,
  peers,
  postgres,
  workers,
  latency,
  disk,
  memory,
  start,
  restart,
  hanging,
  neighbours,
  agents,
  claims,
  search,
  "postgres-single": singleOnPostgres,
  "postgres-claims": claimsOnPostgres,
  "postgres-search": searchOnPostgres,
};

// Nothing that was started stays behind.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
const options = readOptions(process.argv.slice(2), Object.keys(measurements));
if (options.plot !== undefined) say(`Drawn: ${drawPlot(readResults(options.plot))}`);
else await measureAll();

async function measureAll(): Promise<void> {
  const scale = options.isTiny ? tiny : full;
  const older = options.against === undefined ? [] : [await checkOut(options.against)];
  const builds: [Build, ...Build[]] = [{ name: "this build", folder: resolve(".") }, ...older];
  const results: Results = {
    date: new Date().toISOString(),
    ...thisCommit(),
    against: older[0]?.commit ?? null,
    machine: describeMachine(),
    rounds: options.rounds ?? scale.rounds,
    rows: {},
    skipped: [],
  };
  const skip = (sentence: string) => {
    results.skipped.push(sentence);
    say(`  ${sentence}`);
  };
  const backlogs = scale.backlogs.filter((backlog) => backlog <= options.backlog);
  if (options.isTiny) shareStages();
  let file: string | undefined;
  for (const name of options.only) {
    say(`${name} …`);
    const begins = await measurements[name]?.({ builds, scale: { ...scale, backlogs }, skip });
    results.rows[name] = await inRounds(begins ?? [], results.rounds);
    if (!options.isTiny) file = keepResults(results); // what comes next may fail
  }
  endSharedStages();
  say(`\n${toMarkdown(results)}`);
  if (file) say(`Written to ${file}`);
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}
