import { buildClient } from "../client/build.mjs";
import { runTool } from "../scripts/run.mjs";

/** Makes examples/dist, with the client as it is packed. Throws when their types do not fit. */
export async function buildExamples() {
  await buildClient();
  const isTyped = await runTool("typescript/bin/tsc", ["-p", "examples"]);
  if (!isTyped) throw new Error("The types of the examples do not fit: see above.");
}
