import { addCustomer, type Bench, median, percentile, type Row } from "./bench";
import { type Load, openStreams, runHangingTests, runHeavyRequests } from "./burdens";
import { publishSteadily } from "./latency";

const rounds = 3;
const perSecond = 20;
const seconds = 5;
const warmUpSeconds = 1;

type Measured = { answer: number[]; firstByte: number[] };

/** How one customer's publishing fares beside what another may do, in turns with a quiet time each. */
export async function measureNeighbours(bench: Bench): Promise<Row[]> {
  const neighbour = await addCustomer(bench, ["/timed/a"]);
  await measure(bench, neighbour); // warm
  const rows: Row[] = [];
  for (const [what, prepare] of [
    ["600 streams of one key", openStreams],
    ["28 customers with hanging tests", runHangingTests],
    ["ten of the heaviest requests at once", runHeavyRequests],
  ] as const) {
    const begin = await prepare(bench);
    rows.push(...(await measureBeside(bench, neighbour, { what, begin })));
  }
  return rows;
}

async function measureBeside(
  bench: Bench,
  neighbour: string,
  { what, begin }: { what: string; begin: () => Promise<Load> },
): Promise<Row[]> {
  const quiet: Measured[] = [];
  const beside: Measured[] = [];
  let said = "";
  for (let round = 0; round < rounds; round += 1) {
    quiet.push(await measure(bench, neighbour));
    const load = await begin();
    beside.push(await measure(bench, neighbour));
    said = await load.end();
  }
  const rowOf = (name: keyof Measured, words: string): Row => ({
    what: `${words}, 20 events/s, beside ${what} (${said})`,
    measured: [0.5, 0.99].map((share) => compare(quiet, beside, name, share)).join(", "),
    goal: "≤ 1.5 × quiet",
  });
  return [rowOf("answer", "publish → 202"), rowOf("firstByte", "publish → first byte")];
}

const measure = (bench: Bench, neighbour: string): Promise<Measured> =>
  publishSteadily(bench, neighbour, { perSecond, seconds, warmUpSeconds });

/** Medians over the rounds, and of their ratios: a round is compared with the quiet time just before it. */
function compare(quiet: Measured[], beside: Measured[], name: keyof Measured, share: number): string {
  const before = quiet.map((round) => percentile(round[name], share));
  const after = beside.map((round) => percentile(round[name], share));
  const ratio = median(after.map((ms, round) => ms / (before[round] ?? Number.NaN)));
  const [from, to] = [median(before).toFixed(1), median(after).toFixed(1)];
  return `p${share * 100} ${from} → ${to} ms (× ${ratio.toFixed(2)})`;
}
