import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { KeyRing } from "@/domain/webhook/seal";
import { parseKeyRing } from "./env-values";
import { StartError } from "./start-error";

export type Keys = { platformApiKey: string; authSecret: string; keyRing: KeyRing };

/** The files that hold keys, in DATA_DIR. */
export const keyFiles = {
  platformApiKey: "platform-api-key",
  authSecret: "auth-secret",
  keyRing: "encryption-keys",
};

/**
 * The keys that are given and, for the others, those kept in the data folder: made there on the first call, unless told
 * not to, by exactly one of several processes. Folder 0700, files 0600. Throws a StartError when a file cannot be used.
 */
export function keepKeys(
  dataDir: string,
  given: { [Name in keyof Keys]: Keys[Name] | null },
  { makesKeys = true } = {},
): Keys {
  const isAnyKept = Object.values(given).includes(null);
  if (isAnyKept && makesKeys) makeFolder(dataDir);
  // The folder is known at run time only, which Turbopack is to know: it would take the whole project for it.
  const fileOf = (name: keyof Keys) => join(/*turbopackIgnore: true*/ dataDir, keyFiles[name]);
  const keep = (name: keyof Keys, make: () => string) => keepFile(fileOf(name), makesKeys ? make : null);
  return {
    platformApiKey: given.platformApiKey ?? keep("platformApiKey", () => `fp_${randomText(32)}`),
    authSecret: given.authSecret ?? keep("authSecret", () => randomText(32)),
    keyRing: given.keyRing ?? readRing(keep("keyRing", makeRing), fileOf("keyRing")),
  };
}

const randomText = (bytes: number) => randomBytes(bytes).toString("base64url");

/** Each generated key has an id of its own, so that a lost one is missed by name. */
const makeRing = () => `k${randomBytes(4).toString("hex")}:${randomBytes(32).toString("base64")}`;

function readRing(text: string, file: string): KeyRing {
  const ring = parseKeyRing(text);
  if (!ring) throw new StartError(`${file} does not hold a key ring (id:base64 of 32 bytes, …). Restore it.`);
  return ring;
}

/** For its own user alone, unless it is there. */
export function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartError(`The data folder ${dataDir} cannot be made: ${reason(error)}.`);
  }
}

/** The files that this process made for want of kept ones, until it is known whether they hold the right keys. */
const made: string[] = [];

/** Takes the keys back that this process made: the store needs others, and nothing was done with these. */
export function forgetMadeKeys(): void {
  for (const file of made) rmSync(file, { force: true });
}

function keepFile(file: string, make: (() => string) | null): string {
  try {
    const text = readText(file) ?? (make && createText(file, make()));
    if (text === null) throw new Error("it is not there, and the key is not given either");
    return text;
  } catch (error) {
    throw new StartError(`The key file ${file} cannot be used: ${reason(error)}.`);
  }
}

function readText(file: string): string | null {
  try {
    const text = readFileSync(file, "utf8").trim();
    if (text === "") throw new Error("it is empty");
    return text;
  } catch (error) {
    if (code(error) === "ENOENT") return null;
    throw error;
  }
}

/** Puts a whole file in place or none, and never over another process's: then theirs is the answer. */
function createText(file: string, text: string): string {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, `${text}\n`, { mode: 0o600, flag: "wx", flush: true });
  try {
    linkSync(draft, file);
    made.push(file);
    syncFolder(join(file, ".."));
    return text;
  } catch (error) {
    if (code(error) !== "EEXIST") throw error;
    return readText(file) ?? text;
  } finally {
    rmSync(draft);
  }
}

/** Secrets sealed with a key must not outlive it: the new name is on disk before anything uses the key. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

const code = (error: unknown) => (error as NodeJS.ErrnoException).code;
const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
