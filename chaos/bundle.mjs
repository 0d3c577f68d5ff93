import { asTool, bundle } from "../scripts/bundle.mjs";
import { root } from "../scripts/run.mjs";

/** Beside what `npm start` builds, and out of its way. */
export const chaosFolder = "node_modules/.cache/chaos";

/** What the product reaches the world through, and what stands there instead. Nothing else of it differs. */
const doors = { "@/db/open": "chaos/product/store.ts", "../engine/send": "chaos/product/sender.ts" };

const wrapDoors = {
  name: "wrap-doors",
  setup(build) {
    build.onResolve({ filter: /^(@\/db\/open|\.\.\/engine\/send)$/ }, ({ path, importer }) =>
      importer.startsWith(`${root}server/`) ? { path: `${root}${doors[path]}` } : undefined,
    );
  },
};

/** The product's own processes with wrapped doors. */
export const bundleWrapped = () => bundle({ outdir: `${chaosFolder}/product`, plugins: [wrapDoors] });

export async function bundleChaos() {
  await bundleWrapped();
  await bundle({
    ...asTool,
    entryPoints: ["chaos/main.ts", "chaos/checkpointer.ts"],
    outdir: chaosFolder,
    splitting: false,
  });
}
