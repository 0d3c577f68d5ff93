import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Row, withBench } from "./bench";
import { measureClaims } from "./claim";
import { measureHanging, measureLatency } from "./latency";
import { measureMemory } from "./memory";
import { measureNeighbours } from "./neighbours";
import { measureDelivering, measurePublishing } from "./throughput";

/* `npm run bench -- [--only latency] [--backlog 100000]`: measures one thing after the other, and prints a table. */
const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, backlog: { type: "string", default: "100000" } },
});
const backlogs = [0, 10_000, 100_000, 1_000_000].filter((backlog) => backlog <= Number(values.backlog));
const measurements: Record<string, () => Promise<Row[]>> = {
  latency: () => withBench(measureLatency),
  publishing: () => withBench(measurePublishing),
  delivering: () => withBench(measureDelivering),
  memory: () => withBench(measureMemory),
  hanging: () => withBench(measureHanging),
  neighbours: () => withBench(measureNeighbours, { DELIVERY_TIMEOUT: "5s" }),
  claims: () => measureClaims(backlogs),
};

// Nothing that was started stays behind.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
const startedAt = new Date();
const rows: Row[] = [];
for (const [name, measure] of Object.entries(measurements)) {
  if (!name.includes(values.only)) continue;
  process.stdout.write(`${name} …\n`);
  rows.push(...(await measure()));
}

const report = [
  `Fanfare benchmarks of ${startedAt.toISOString()}`,
  `Node ${process.version}, Linux ${release()}, ${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB.`,
  "Load generator and receiver (HTTPS on loopback) share these cores with the product.",
  "",
  ...table([{ what: "What", measured: "Measured", goal: "Goal" }, ...rows]),
  "",
].join("\n");
const folder = "test-results/bench";
mkdirSync(folder, { recursive: true });
const file = join(folder, `${startedAt.toISOString().replaceAll(":", "-")}.txt`);
writeFileSync(file, report);
process.stdout.write(`\n${report}\nWritten to ${file}\n`);

function table(lines: Row[]): string[] {
  const width = (name: keyof Row) => Math.max(...lines.map((line) => line[name].length));
  const [whatWidth, measuredWidth] = [width("what"), width("measured")];
  return lines.map(({ what, measured, goal }) =>
    `${what.padEnd(whatWidth)}  ${measured.padEnd(measuredWidth)}  ${goal}`.trimEnd(),
  );
}
