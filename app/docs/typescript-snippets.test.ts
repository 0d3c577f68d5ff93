import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { pageGroups } from "./_pages/pages";

const folder = mkdtempSync(join(tmpdir(), "fanfare-snippets-"));
afterAll(() => rmSync(folder, { recursive: true }));

const parts = pageGroups({ version: "1.2.3", publicUrl: "https://hooks.example" }).flatMap(({ pages }) =>
  // A guide's snippets go on with one another, and each call of the reference is one by itself.
  pages.flatMap((page) =>
    page.path === "/docs"
      ? page.parts.map(({ id, text }) => ({ name: id, text }))
      : [
          {
            name: page.path.slice(1).replaceAll("/", "-"),
            text: page.parts.map(({ text }) => text).join("\n"),
          },
        ],
  ),
);

/** What is shown of a file is compiled with that file. */
const snippetsIn = (text: string) => [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);

test("every snippet in TypeScript fits the client's types", () => {
  const programs = parts
    .map(({ name, text }) => ({ name, code: snippetsIn(text).join("\n") }))
    .filter(({ code }) => code !== "");
  expect(programs.length).toBeGreaterThan(40);
  for (const { name, code } of programs) writeFileSync(join(folder, `${name}.ts`), `${code}\nexport {};\n`);
  const compilerOptions = {
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
    lib: ["es2023", "dom", "dom.iterable"],
    types: ["node"],
    typeRoots: [resolve("node_modules/@types")],
    paths: { "fanfare-client": [resolve("client/src/index.ts")] },
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  const { stdout, status } = spawnSync(process.execPath, [
    "node_modules/typescript/bin/tsc",
    "-p",
    folder,
    "--pretty",
    "false",
  ]);
  expect(stdout.toString()).toBe("");
  expect(status).toBe(0);
});
