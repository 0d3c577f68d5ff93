import { copyToPostgres, StoreError } from "@/db/copy/copy-to-postgres";
import { hasStore } from "@/db/has-store";
import { copyProgress } from "./copy-progress";
import { readDataEnv, readEnv } from "./env";
import { noData } from "./existing-data";
import { sealMark } from "./key-mark";
import { assertOpensOne } from "./sealed-keys";
import { refuseToStart, StartError } from "./start-error";

/*
 * `npm run copy-to-postgres` moves everything from the SQLite file in DATA_DIR into the empty database of DATABASE_URL,
 * while Fanfare is stopped. Cut off, it goes on the next time.
 */
try {
  const { dataDir, databaseUrl, databaseDirectUrl } = readDataEnv();
  if (databaseUrl === null)
    throw new StartError(
      "Tell where to: DATABASE_URL=postgres://user:password@host/name npm run copy-to-postgres",
    );
  if (!hasStore(dataDir)) throw noData(dataDir);
  const env = readEnv(undefined, { makesKeys: false });
  process.umask(0o077);
  const { place, rows } = await copyToPostgres({
    dataDir,
    databaseUrl,
    databaseDirectUrl,
    assertOpens: (secret, owner) => assertOpensOne(env.keyRing, secret, owner),
    mark: sealMark(env),
    onProgress: copyProgress((line) => process.stdout.write(`${line}\n`)),
  });
  process.stdout.write(
    `All ${rows} rows are in ${place}, and were compared. Start Fanfare with that DATABASE_URL and the same keys: those ` +
      `that are not given stay in ${dataDir}, whose database starts no more.\n`,
  );
} catch (error) {
  refuseToStart(error instanceof StoreError ? new StartError(error.message) : error);
}
