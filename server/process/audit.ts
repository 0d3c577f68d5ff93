import { auditStore, type Finding, lackInWords, recountStore, StoreError } from "@/db/audit";
import { readDataEnv } from "./env";
import { noData } from "./existing-data";
import { refuseToStart, StartError } from "./start-error";

/*
 * `npm run audit:data`: checks the invariants of the store, which may be in use. A line for each check; exit
 * status 1 when one is violated. `-- --recount` first counts anew what is counted of webhooks, and tells what it mended.
 */
try {
  const [given, ...rest] = process.argv.slice(2);
  if ((given !== undefined && given !== "--recount") || rest.length > 0)
    throw new StartError("It takes nothing, or --recount: npm run audit:data -- --recount");
  const place = readDataEnv();
  if (given === "--recount") await recount(place);
  const findings = await auditStore(place);
  if (!findings) throw noData(place.dataDir);
  for (const finding of findings) process.stdout.write(`${line(finding)}\n`);
  process.exitCode = findings.some(({ violations }) => violations > 0) ? 1 : 0;
} catch (error) {
  refuseToStart(error instanceof StoreError ? new StartError(error.message) : error);
}

async function recount(place: ReturnType<typeof readDataEnv>): Promise<void> {
  const mended = await recountStore(place);
  if (!mended) throw noData(place.dataDir);
  for (const lack of mended) process.stdout.write(`fixed ${lackInWords(lack)}\n`);
  if (mended.length === 0) process.stdout.write("Nothing was counted wrongly.\n");
}

function line({ check, violations, example }: Finding): string {
  if (violations === 0) return `ok    ${check}`;
  return `FAIL  ${check}: ${violations} ${violations === 1 ? "violation" : "violations"}, as ${example}`;
}
