import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const scratches: string[] = [];
afterAll(() => {
  for (const scratch of scratches) rmSync(scratch, { recursive: true });
});

test.each([[], ["Add-Region"], ["add", "region"]])(
  "a migration without a proper name is refused: %j",
  (...names) => {
    const { status, stdout } = spawnSync(process.execPath, ["scripts/migration.mjs", ...names], {
      cwd: root,
      encoding: "utf8",
    });
    expect([status, stdout]).toEqual([1, expect.stringContaining("npm run migration add_region")]);
  },
);

test.each(["drizzle.config.ts", "db/postgres/drizzle.config.ts"])(
  "the migrations make what the schema says: nothing is left to make (%s)",
  (config) => {
    const scratch = mkdtempSync(join(tmpdir(), "fanfare-migration-"));
    scratches.push(scratch);
    for (const part of ["drizzle.config.ts", "package.json", "tsconfig.json", "db"]) {
      cpSync(join(root, part), join(scratch, part), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(scratch, "node_modules"));
    const migrations = () => readdirSync(join(scratch, "db"), { recursive: true }).toSorted();
    const before = migrations();
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, "node_modules/drizzle-kit/bin.cjs"), "generate", `--config=${config}`, "--name=left"],
      { cwd: scratch, encoding: "utf8" },
    );
    expect([status, stdout]).toEqual([0, expect.stringContaining("nothing to migrate")]);
    expect(migrations()).toEqual(before);
  },
);
