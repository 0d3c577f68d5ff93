import type { Row, Unit } from "./measurement";
import { median, medianRatio } from "./numbers";
import type { Results } from "./results";

/** The results as lines of the README's table: medians, and in brackets what this build's are of the other's, round by round. */
export function toMarkdown({ rows, skipped, ...run }: Results): string {
  const { machine } = run;
  const commit = `${run.commit.slice(0, 7)}${run.isChanged ? " and changes" : ""}`;
  const lines = Object.entries(rows).flatMap(([name, some]) =>
    some.map((row) => `| ${row.what} | ${tell(row, some)} | \`${commandOf(name, run.against)}\` |`),
  );
  return [
    `Fanfare ${commit} on ${run.date.slice(0, 10)}, medians of ${run.rounds} rounds.`,
    `Node ${machine.node}, ${machine.system}, ${machine.cores} × ${machine.cpu}, ${machine.memoryGiB} GiB.`,
    "Load generator and receivers (HTTPS on loopback) share these cores with the product.",
    ...(machine.isDataInMemory
      ? ["The data was in memory: set TMPDIR to a disk, or commits cost nothing."]
      : []),
    ...skipped,
    "",
    "| what | result | command |",
    "|---|---|---|",
    ...lines,
    "",
  ].join("\n");
}

function commandOf(name: string, against: string | null): string {
  const command = `npm run bench -- --only ${name}`;
  return against ? `${command} --against ${against.slice(0, 7)}` : command;
}

function tell({ unit, values, beside }: Row, rows: Row[]): string {
  const [[, own] = ["", []], ...others] = Object.entries(values);
  const alone = rows.find(({ what }) => what === beside)?.values ?? {};
  const times = (other: number[]) => `× ${medianRatio(own, other).toFixed(2)}`;
  const told = ([name, other]: [string, number[]]) => {
    const without = alone[name];
    const quiet = without ? `, alone ${format(median(without), unit)} (${times(without)})` : "";
    return `${name} ${format(median(other), unit)} (${times(other)})${quiet}`;
  };
  const [ownAlone] = Object.values(alone);
  const first = `${format(median(own), unit)}${ownAlone ? ` (${times(ownAlone)} of alone)` : ""}`;
  return [first, ...others.map(told)].join("; ");
}

export function format(value: number, unit: Unit): string {
  const digits = unit === "ms" && value < 100 ? 1 : 0;
  const number = value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === "/s" ? `${number}/s` : `${number} ${unit}`;
}
