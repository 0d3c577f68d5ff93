import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { environment } from "./environment";

/**
 * What this machine remembers: who is logged in where (with the platform's key also for which customer), and the secrets
 * of its listeners by name.
 */
export type Settings = { url?: string; apiKey?: string; customer?: string; secrets?: Record<string, string> };

const file = () => join(environment.configFolder ?? join(homedir(), ".config"), "fanfare", "config.json");

/** Nothing, where nothing is kept. Throws when what is kept cannot be read. */
export function readSettings(): Settings {
  try {
    return JSON.parse(readFileSync(file(), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new Error(`${file()} cannot be read: ${(error as Error).message}`);
  }
}

/** Only for the eyes of who runs this. Answers where it is. */
export function writeSettings(settings: Settings): string {
  mkdirSync(dirname(file()), { recursive: true, mode: 0o700 });
  writeFileSync(file(), `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file(), 0o600); // one that was there keeps its mode when it is written
  return file();
}

export function forgetSettings(): void {
  rmSync(file(), { force: true });
}
