import { hasStore } from "@/db/has-store";
import { type Env, readDataEnv, readEnv, type Source } from "./env";
import { StartError } from "./start-error";

/** The settings of a command about data that is there. Throws a StartError, and makes no keys, when it is not. */
export function readEnvOfData(source?: Source): Env {
  const { dataDir, databaseUrl } = readDataEnv(source);
  if (databaseUrl !== null) return readEnv(source, { makesKeys: false });
  if (!hasStore(dataDir)) throw noData(dataDir);
  return readEnv(source);
}

export const noData = (dataDir: string) =>
  new StartError(`There is no database in ${dataDir}: DATA_DIR says where Fanfare keeps its data.`);
