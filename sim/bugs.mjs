import { bundleSimulation } from "./bundle.mjs";
import { plantedBugs } from "./planted-bug.mjs";
import { runSeeds } from "./run.mjs";

// `npm run sim:bugs`: plants one bug after the other, and ends with status 1 if the simulation misses one.
const maxSeeds = 400;
const only = process.argv.slice(2);
const missed = [];
const bugs = plantedBugs().filter(({ name }) => only.length === 0 || only.includes(name));

for (const bug of bugs) {
  const caught = await findOut(bug);
  process.stdout.write(`${bug.name}: ${bug.sentence}\n  ${describe(caught)}\n`);
  if (!caught.violation) missed.push(bug.name);
}
process.stdout.write(`${bugs.length - missed.length} of ${bugs.length} planted bugs caught\n`);
if (missed.length > 0) process.stdout.write(`Missed: ${missed.join(", ")}\n`);
process.exitCode = missed.length > 0 ? 1 : 0;

async function findOut(bug) {
  const file = await bundleSimulation(bug).catch(() => null);
  if (!file) return { histories: 0, seed: null, violation: null };
  const caught = { histories: 0, seed: null, violation: null };
  await runSeeds(file, { first: 1, count: maxSeeds }, ({ seed, violations }) => {
    if (caught.violation) return true;
    caught.histories += 1;
    if (violations.length === 0) return false;
    Object.assign(caught, { seed, violation: violations[0] });
    return true;
  });
  return caught;
}

function describe({ histories, seed, violation }) {
  if (!violation) return `NOT caught in ${histories} histories`;
  const { invariant, sentence } = violation;
  return `caught by invariant ${invariant} in seed ${seed}, history ${histories}: ${sentence.slice(0, 160)}`;
}
