import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Bundles the simulation with the real engine and store, and answers where. A planted bug (see planted-bug.mjs)
 * changes the text of one file on the way into the bundle; the tree stays as it is.
 */
export async function bundleSimulation(bug = null) {
  const outfile = join(root, "dist/sim", `${bug?.name ?? "thread"}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: ["sim/thread.ts"],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: "inline",
    logLevel: "warning",
    plugins: [virtualPauses, ...(bug ? [plant(bug)] : [])],
  });
  return outfile;
}

/** The one way to wait that does not go through a global, and so cannot be replaced in place. */
const virtualPauses = {
  name: "virtual-pauses",
  setup({ onResolve }) {
    onResolve({ filter: /^node:timers\/promises$/ }, () => ({ path: join(root, "sim/pause.ts") }));
  },
};

function plant({ file, changes }) {
  return {
    name: "planted-bug",
    setup({ onLoad }) {
      const path = join(root, file);
      const filter = new RegExp(`${path.replace(/[/.\\]/g, "\\$&")}$`);
      onLoad({ filter }, () => {
        let contents = readFileSync(path, "utf8");
        for (const { find, replace } of changes) {
          const parts = contents.split(find);
          if (parts.length !== 2) {
            return { errors: [{ text: `${file} holds ${parts.length - 1} times:\n${find}` }] };
          }
          contents = parts.join(replace);
        }
        return { contents, loader: "ts" };
      });
    },
  };
}
