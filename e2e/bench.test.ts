import { spawn } from "node:child_process";
import { once } from "node:events";
import { beforeAll, describe, expect, test } from "vitest";
import { build } from "@/scripts/build.mjs";
import { collectOutput } from "@/testing/output";

beforeAll(() => build());

const minutesMs = 240_000; // a machine with other work; alone it takes some 30 s

describe.runIf(process.platform === "linux")("npm run bench", () => {
  test("has a number for everything that it measures", { timeout: minutesMs }, async () => {
    const { status, printed } = await bench("--tiny");
    expect(printed).toMatch(/^Fanfare \w+/m);
    expect(status).toBe(0);
    const rows = [...printed.matchAll(/^\| (.+) \| (.+) \| `npm run bench -- --only (\w+)` \|$/gm)];
    expect(new Set(rows.map(([, , , name]) => name))).toEqual(new Set(allOf(printed)));
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(([, , result = ""]) => !/^[\d,.]+(\/s| (ms|µs|MB|bytes))/.test(result))).toEqual([]);
    expect(printed).not.toMatch(/NaN|undefined|Infinity/);
    for (const peer of ["graphile-worker", "BullMQ", "pg-boss"]) {
      expect(printed).toMatch(new RegExp(`${peer} ([\\d,]+/s|is not measured: )`));
    }
  });

  test.each([
    [["--only", "everything"], /^--only knows no everything\. There are: single, /],
    [
      ["--against", "no-such-commit"],
      /^--against takes a commit of this repository, and there is no no-such-commit\.$/m,
    ],
  ])("%j is refused with a sentence", async (args, sentence) => {
    const { status, printed } = await bench(...args);
    expect(printed).toMatch(sentence);
    expect(status).toBe(1);
  });
});

async function bench(...args: string[]) {
  const child = spawn(process.execPath, ["bench/run.mjs", ...args]);
  const output = collectOutput();
  output.listenTo(child);
  const [status] = await once(child, "close");
  return { status, printed: output.text() };
}

/** The measurements that were run, each of which says so. */
const allOf = (printed: string) => [...printed.matchAll(/^(\w+) …$/gm)].map(([, name]) => name);
