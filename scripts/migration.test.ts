import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "fanfare-migration-"));
afterAll(() => rmSync(scratch, { recursive: true }));

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

test("the migrations make what the schema says: nothing is left to make", () => {
  for (const part of ["drizzle.config.ts", "package.json", "tsconfig.json", "db/sqlite"]) {
    cpSync(join(root, part), join(scratch, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(scratch, "node_modules"));
  const before = readdirSync(join(scratch, "db/sqlite/migrations"));
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(root, "node_modules/drizzle-kit/bin.cjs"), "generate", "--name=left"],
    { cwd: scratch, encoding: "utf8" },
  );
  expect([status, stdout]).toEqual([0, expect.stringContaining("nothing to migrate")]);
  expect(readdirSync(join(scratch, "db/sqlite/migrations"))).toEqual(before);
});
