import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepKeys, keyFiles } from "./keys";
import { StartError } from "./start-error";

let parent: string;
let dataDir: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "fanfare-keys-"));
  dataDir = join(parent, "data");
});
afterEach(() => {
  rmSync(parent, { recursive: true });
});

const nothing = { platformApiKey: null, authSecret: null, keyRing: null };

test("keys are made once and stay", () => {
  const made = keepKeys(dataDir, nothing);
  expect(made.platformApiKey).toMatch(/^fp_[\w-]{43}$/);
  expect(made.authSecret).toMatch(/^[\w-]{43}$/);
  expect(made.keyRing).toHaveLength(1);
  expect(made.keyRing[0]?.key).toHaveLength(32);
  expect(keepKeys(dataDir, nothing)).toEqual(made);
});

test("only their owner can read them", () => {
  keepKeys(dataDir, nothing);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  expect(readdirSync(dataDir).sort()).toEqual(Object.values(keyFiles).sort());
  for (const file of readdirSync(dataDir)) expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600);
});

test("a key that is given is not kept", () => {
  const given = { platformApiKey: "platform-key-of-mine", authSecret: null, keyRing: null };
  expect(keepKeys(dataDir, given).platformApiKey).toBe("platform-key-of-mine");
  expect(readdirSync(dataDir)).not.toContain(keyFiles.platformApiKey);
});

test("a file that holds no key is refused by name and left alone", () => {
  keepKeys(dataDir, nothing);
  const file = join(dataDir, keyFiles.keyRing);
  writeFileSync(file, "k1:not a key\n");
  expect(() => keepKeys(dataDir, nothing)).toThrow(StartError);
  expect(() => keepKeys(dataDir, nothing)).toThrow(file);
  expect(readFileSync(file, "utf8")).toBe("k1:not a key\n");

  writeFileSync(join(dataDir, keyFiles.authSecret), "");
  expect(() => keepKeys(dataDir, nothing)).toThrow(/auth-secret cannot be used: it is empty/);
});
