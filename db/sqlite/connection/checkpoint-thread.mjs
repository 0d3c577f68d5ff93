import { workerData } from "node:worker_threads";
import Database from "better-sqlite3";

// Moves the log into the database and ends. It keeps neither readers nor writers out meanwhile.
const sqlite = new Database(workerData.file, { fileMustExist: true });
sqlite.pragma("wal_autocheckpoint = 0");
sqlite.pragma("wal_checkpoint(PASSIVE)");
sqlite.close();
