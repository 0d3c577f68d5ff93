import { context, build as esbuild, stop } from "esbuild";
import { root } from "./run.mjs";

/** The processes of Fanfare, and the commands about its data. */
export const processes = [
  "audit",
  "backup",
  "copy-to-postgres",
  "pages",
  "reset-link",
  "rotate-keys",
  "supervisor",
  "web",
  "worker",
];

/**
 * A file each in dist/, which they share pieces of. What they use of packages is bundled, so
 * that a start reads it from a few files instead of hundreds; two stay where they are, because they find files of theirs.
 */
const options = {
  absWorkingDir: root,
  entryPoints: processes.map((name) => `server/process/${name}.ts`),
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  chunkNames: "shared/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: ["better-sqlite3", "next"],
  // What is CommonJS asks for Node's modules by it.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module";\nconst require = requireFrom(import.meta.url);',
  },
  logLevel: "warning",
};

/** zod's messages in fifty languages, of which Fanfare speaks one: half of zod. */
const oneLanguage = {
  name: "one-language",
  setup(build) {
    const namespace = "one-language";
    build.onResolve({ filter: /^\.\.\/locales\/index\.js$/ }, ({ path }) => ({ path, namespace }));
    build.onLoad({ filter: /.*/, namespace }, () => ({ contents: "export {};" }));
  },
};

/** Bundles once; `changed` replaces options, but for its plugins, which come on top. */
export async function bundle({ plugins = [], ...changed } = {}) {
  await esbuild({ ...options, ...changed, plugins: [oneLanguage, ...plugins] });
  await stop(); // esbuild's own process would stay as long as this one
}

/** What a tool is bundled with: its packages stay where they are. */
export const asTool = { packages: "external", banner: {} };

/** Bundles into `folder` now and after every change of a source; `onBundled` hears of each time that worked. */
export async function bundleOnChange(folder, onBundled) {
  const plugin = {
    name: "on-bundled",
    setup(build) {
      build.onEnd(({ errors }) => {
        if (errors.length === 0) onBundled();
      });
    },
  };
  const watching = await context({ ...options, outdir: folder, plugins: [oneLanguage, plugin] });
  await watching.watch();
  return watching;
}
