import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createCommitGroup, isBusy } from "./commit-group";

let folder: string;
let sqlite: Database.Database;
let other: Database.Database;
let group: ReturnType<typeof createCommitGroup>;
let commits: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fanfare-commits-"));
  const file = join(folder, "test.db");
  sqlite = new Database(file);
  sqlite.pragma("journal_mode = WAL");
  sqlite.pragma("busy_timeout = 0");
  sqlite.exec(
    "create table t (n integer unique, parent integer references t (n) deferrable initially deferred)",
  );
  sqlite.pragma("foreign_keys = ON");
  other = new Database(file, { timeout: 0 });
  commits = 0;
  group = createCommitGroup(sqlite, () => {
    commits += 1;
  });
});
afterEach(() => {
  sqlite.close();
  other.close();
  rmSync(folder, { recursive: true });
});

const insert = (n: number) => sqlite.prepare("insert into t (n) values (?)").run(n);
/** What another process sees: what is committed. */
const committed = () => other.prepare("select n from t order by n").pluck().all();

test("callers of one moment share a commit, and each gets its own answer after it", async () => {
  const numbers = Array.from({ length: 100 }, (_, n) => n);
  const answers = numbers.map((n) =>
    group
      .write(() => {
        insert(n);
        return n * 10;
      })
      .then((answer) => ({ answer, isSeen: committed().includes(n) })),
  );
  expect(committed()).toEqual([]);
  expect(await Promise.all(answers)).toEqual(numbers.map((n) => ({ answer: n * 10, isSeen: true })));
  // One, unless something else has the processor for so long that others could not wait.
  expect(commits).toBeLessThan(20);
});

test("what one caller throws undoes its own part alone, and is what it gets", async () => {
  const failing = group.write(() => {
    insert(2);
    throw new Error("Mine alone.");
  });
  const twice = group.write(() => insert(1));
  const again = group.write(() => insert(1));
  await expect(failing).rejects.toThrow("Mine alone.");
  await expect(again).rejects.toThrow("UNIQUE");
  await expect(twice).resolves.toMatchObject({ changes: 1 });
  expect(committed()).toEqual([1]);
});

test("what a caller throws who is alone undoes its part", async () => {
  const failing = group.write(() => {
    insert(1);
    throw new Error("Mine alone.");
  });
  await expect(failing).rejects.toThrow("Mine alone.");
  await group.write(() => insert(2));
  expect(committed()).toEqual([2]);
  expect(commits).toBe(1);
});

test("a commit that fails is told to everybody in it, keeps nothing, and the next caller is served", async () => {
  // A deferred foreign key is looked at by the commit itself.
  const orphan = () => sqlite.prepare("insert into t (n, parent) values (1, 99)").run();
  const results = await Promise.allSettled([group.write(orphan), group.write(() => insert(2))]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(committed()).toEqual([]);
  expect(commits).toBe(0);
  await group.write(() => insert(3));
  expect(committed()).toEqual([3]);
});

test("a transaction lasts no longer than others can wait: who comes after that gets the next one", async () => {
  const hold = (n: number) => () => {
    insert(n);
    const until = performance.now() + 11;
    while (performance.now() < until); // what a large write costs
  };
  const seenAfter = (n: number) => group.write(hold(n)).then(committed);
  expect(await Promise.all([seenAfter(1), seenAfter(2), seenAfter(3)])).toEqual([[1], [1, 2], [1, 2, 3]]);
  expect(commits).toBe(3);
});

test("while another process writes, callers wait without blocking, and are served once it is done", async () => {
  other.exec("begin immediate");
  const written = group.write(() => insert(1));
  // The loop turns meanwhile, well after the first try.
  for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setTimeout(resolve));
  expect(commits).toBe(0);
  other.exec("commit");
  await written;
  expect(committed()).toEqual([1]);
});

test("nobody is told of a commit that changed nothing", async () => {
  expect(await group.write(() => sqlite.prepare("select 1").pluck().get())).toBe(1);
  expect(commits).toBe(0);
});

test("idle waits for all that was asked for, also from within what it waits for", async () => {
  let second: Promise<unknown> | undefined;
  void group.write(() => insert(1)).then(() => {});
  group.write(() => {
    second = group.write(() => insert(2));
  });
  await group.idle();
  expect(committed()).toEqual([1, 2]);
  await expect(second).resolves.toMatchObject({ changes: 1 });
});

test("after the store is closed a caller gets an error instead of no answer", async () => {
  const late = group.write(() => insert(1));
  sqlite.close();
  await expect(late).rejects.toThrow("The store is closed.");
});

test("a busy database is told from other troubles", () => {
  const thrownBy = (act: () => unknown) => {
    try {
      act();
      return null;
    } catch (error) {
      return error;
    }
  };
  other.exec("begin immediate");
  expect(isBusy(thrownBy(() => insert(1)))).toBe(true);
  expect(isBusy(thrownBy(() => sqlite.exec("nonsense")))).toBe(false);
});
