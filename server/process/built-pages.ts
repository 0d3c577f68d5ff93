import { existsSync } from "node:fs";
import { join } from "node:path";
import { webFolderOf } from "@/scripts/base-path.mjs";
import { StartError } from "./start-error";

/** Throws a StartError unless pages were built for the path under which people reach them. */
export function assertPagesBuilt(basePath: string): void {
  if (existsSync(join(process.cwd(), webFolderOf(basePath), "BUILD_ID"))) return;
  throw new StartError(
    basePath === ""
      ? "The web app is not built: run npm run build."
      : `The web app is not built for the path ${basePath} of PUBLIC_URL: run npm run build with that PUBLIC_URL, or ` +
          `build the image with --build-arg PUBLIC_URL=….`,
  );
}
