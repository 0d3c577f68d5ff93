import { context, build as esbuild, stop } from "esbuild";
import { root } from "./run.mjs";

/** The processes of Fanfare, a file each in dist/, which they share pieces of. Packages stay where they are. */
const options = {
  absWorkingDir: root,
  entryPoints: ["audit", "pages", "reset-link", "rotate-keys", "supervisor", "web", "worker"].map(
    (name) => `server/process/${name}.ts`,
  ),
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  chunkNames: "shared/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  logLevel: "warning",
};

/** Bundles once; `changed` replaces options. */
export async function bundle(changed = {}) {
  await esbuild({ ...options, ...changed });
  await stop(); // esbuild's own process would stay as long as this one
}

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
  const watching = await context({ ...options, outdir: folder, plugins: [plugin] });
  await watching.watch();
  return watching;
}
