import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../scripts/bundle.mjs";
import { root, runTool } from "../scripts/run.mjs";
import { joinDeclarations } from "./declarations.mjs";

const types = join(root, "node_modules/.cache/client/types");

/** Makes client/dist: one file of code, one of types, and the command. Throws when the types do not fit. */
export async function buildClient() {
  rmSync(types, { recursive: true, force: true });
  const isTyped = await runTool("typescript/bin/tsc", ["-p", "client/src"]);
  if (!isTyped) throw new Error("The types of the client do not fit: see above.");
  const files = readdirSync(types).map((file) => [
    file.replace(/\.d\.ts$/, ""),
    readFileSync(join(types, file), "utf8"),
  ]);
  mkdirSync(join(root, "client/dist"), { recursive: true });
  writeFileSync(join(root, "client/dist/index.d.ts"), joinDeclarations(Object.fromEntries(files)));
  await bundle({
    entryPoints: ["client/src/index.ts"],
    outdir: "client/dist",
    outExtension: {},
    splitting: false,
    platform: "neutral",
    target: "es2022",
    banner: {},
  });
  await bundle({
    entryPoints: ["client/cli/main.ts"],
    outdir: undefined,
    outfile: "client/dist/cli.js",
    outExtension: {},
    splitting: false,
    target: "node20",
    minify: true,
    legalComments: "none",
    plugins: [besideLibrary],
    banner: {
      js: `#!/usr/bin/env node\nimport { createRequire as requireFrom } from "node:module";\nconst require = requireFrom(import.meta.url);`,
    },
  });
}

/** The command loads the library that is packed beside it. */
const besideLibrary = {
  name: "beside-library",
  setup(build) {
    build.onResolve({ filter: /^\.\.\/src\/index$/ }, () => ({ path: "./index.js", external: true }));
  },
};
