import { parseArgs } from "node:util";
import { bundleSimulation } from "./bundle.mjs";
import { defaultSteps, runSeeds } from "./run.mjs";

// `npm run sim`: many histories (--seeds, --from, --steps), or one again (--seed).
const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seeds: { type: "string", default: "200" },
    from: { type: "string", default: "1" },
    steps: { type: "string", default: String(defaultSteps) },
  },
});
const isReplay = values.seed !== undefined;
const first = Number(isReplay ? values.seed : values.from);
const count = isReplay ? 1 : Number(values.seeds);
const steps = Number(values.steps);

const startedAt = performance.now();
const sums = {};
const total = { histories: 0, steps: 0, virtualMs: 0, failed: 0 };
const seconds = () => Math.round((performance.now() - startedAt) / 1000);
const progress = setInterval(() => say(`… ${total.histories} of ${count} seeds after ${seconds()} s`), 5_000);

await runSeeds(await bundleSimulation(), { first, count, steps }, (result) => {
  total.histories += 1;
  total.steps += result.steps;
  total.virtualMs += result.virtualMs;
  for (const [name, times] of Object.entries(result.counts)) sums[name] = (sums[name] ?? 0) + times;
  if (isReplay) say(`digest ${result.digest.toString(16)}`);
  if (result.violations.length > 0) {
    total.failed += 1;
    report(result);
  }
});
clearInterval(progress);

for (const [name, times] of Object.entries(sums).sort(([a], [b]) => a.localeCompare(b))) {
  say(`${String(times).padStart(10)}  ${name}`);
}
const days = Math.round(total.virtualMs / 86_400_000);
say(`${total.histories} seeds, ${total.steps} steps, ${days} days in ${seconds()} s, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.histories < count ? 1 : 0;

function report({ seed, violations }) {
  const [{ invariant, sentence, step }] = violations;
  const stepsOption = steps === defaultSteps ? "" : ` --steps ${steps}`;
  say(`Seed ${seed}, step ${step}: invariant ${invariant} of docs/contract.md does not hold: ${sentence}`);
  for (const each of violations.slice(1, 6)) say(`  then ${each.invariant}: ${each.sentence}`);
  say(`  Replay: npm run sim -- --seed ${seed}${stepsOption}`);
}

function say(sentence) {
  process.stdout.write(`${sentence}\n`);
}
