import { join } from "node:path";

/** The file of a data folder that holds everything. */
export const databaseFile = (dataDir: string) => join(dataDir, "fanfare.sqlite");
