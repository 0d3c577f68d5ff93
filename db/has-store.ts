import { existsSync } from "node:fs";
import { databaseFile } from "./sqlite/connection/database-file";

/** Whether there is a database in a data folder. */
export const hasStore = (dataDir: string) => existsSync(databaseFile(dataDir));
