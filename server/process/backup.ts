import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { backUpStore } from "@/db/backup";
import { readDataEnv } from "./env";
import { noData } from "./existing-data";
import { keyFiles } from "./keys";
import { refuseToStart, StartError } from "./start-error";

/*
 * `npm run backup -- <file>` copies the database while everything runs, into a file that is not there yet. The keys
 * are not in it: who has the one without the other has no secrets.
 */
try {
  const [given] = process.argv.slice(2);
  if (!given) throw new StartError("Tell where to: npm run backup -- /backups/fanfare.sqlite");
  const file = resolve(given);
  if (existsSync(file)) throw new StartError(`${file} is there already, and a backup replaces nothing.`);
  process.umask(0o077);
  const { dataDir, databaseUrl } = readDataEnv();
  if (databaseUrl !== null)
    throw new StartError(
      "DATABASE_URL is set, and Postgres has tools of its own for backups: pg_dump and pg_basebackup, see docs/backup.md.",
    );
  const bytes = await backUpStore({ dataDir, file }).catch((error) => {
    throw new StartError(`The backup could not be made: ${error.message}. Nothing was left behind.`);
  });
  if (bytes === null) throw noData(dataDir);
  process.stdout.write(
    `Everything that was acknowledged before now is in ${file} (${Math.ceil(bytes / 1024)} KiB). The keys are not: ` +
      `its secrets open with ${keyFiles.keyRing} of ${dataDir}, or what ENCRYPTION_KEYS was set to. Keep that elsewhere.\n`,
  );
} catch (error) {
  refuseToStart(error);
}
