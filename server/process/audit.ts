import { auditStore, type Finding, StoreError } from "@/db/audit";
import { readDataEnv } from "./env";
import { noData } from "./existing-data";
import { refuseToStart, StartError } from "./start-error";

/*
 * `npm run audit:data`: checks the invariants of the store, which may be in use. A line for each check; exit
 * status 1 when one is violated.
 */
try {
  const place = readDataEnv();
  const findings = await auditStore(place);
  if (!findings) throw noData(place.dataDir);
  for (const finding of findings) process.stdout.write(`${line(finding)}\n`);
  process.exitCode = findings.some(({ violations }) => violations > 0) ? 1 : 0;
} catch (error) {
  refuseToStart(error instanceof StoreError ? new StartError(error.message) : error);
}

function line({ check, violations, example }: Finding): string {
  if (violations === 0) return `ok    ${check}`;
  return `FAIL  ${check}: ${violations} ${violations === 1 ? "violation" : "violations"}, as ${example}`;
}
